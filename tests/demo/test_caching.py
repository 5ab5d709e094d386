import pytest

from sessionward.demo.protections import Protections
from tests.demo.trial import BY_HAND, make_trial

PAGES = ["/", "/login", "/goodbye", "/profile", "/records", "/messages", "/api/me", "/no-such-page"]


@pytest.mark.parametrize("protections", [Protections(), BY_HAND], ids=["by the layer", "by hand"])
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_kept_by_no_cache(path: str, protections: Protections) -> None:
    guest = make_trial(protections=protections).guest()
    await guest.log_in()
    assert (await guest.get(path)).headers.get_list("cache-control") == ["no-store"]


async def test_shared_files_may_be_kept_and_asked_about() -> None:
    answer = await make_trial().guest().get("/static/clinic.css")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"]


async def test_an_address_that_changes_with_the_content_is_kept_for_good() -> None:
    answer = await make_trial().guest().get("/static/clinic.css?v=1")
    assert "immutable" in answer.headers["cache-control"]

import pytest

from tests.demo.trial import BY_HAND, make_trial

PAGES = ["/", "/login", "/goodbye", "/profile", "/records", "/messages", "/api/me", "/no-such-page"]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_never_kept_by_a_cache_and_runs_no_foreign_script(path: str) -> None:
    guest = make_trial(protections=BY_HAND).guest()
    await guest.log_in()
    headers = (await guest.get(path)).headers
    assert headers["cache-control"] == "no-store"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"


async def test_only_https_asks_for_https_hereafter() -> None:
    guest = make_trial(protections=BY_HAND).guest(scheme="http")
    assert "strict-transport-security" not in (await guest.get("/")).headers
    guest.http.base_url = "https://clinic.test"
    assert (await guest.get("/")).headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_carries_a_script_or_a_style_in_itself(path: str) -> None:
    guest = make_trial(protections=BY_HAND).guest()
    await guest.log_in()
    text = (await guest.get(path)).text
    assert text.count("<script") == text.count("<script src=")
    assert "<style" not in text
    assert " style=" not in text
    assert " on" + "click=" not in text

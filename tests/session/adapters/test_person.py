import pytest

from sessionward.session.adapters.person import by_person
from tests.session.adapters.portal import CLICK, POLL


@pytest.mark.parametrize(
    "method,headers,expected",
    [
        ("GET", CLICK, True),
        ("GET", {"sec-fetch-mode": "navigate"}, False),
        ("GET", POLL, False),
        ("POST", POLL, True),
        ("GET", {**CLICK, "sec-purpose": "prefetch"}, False),
        ("GET", {"accept": "text/html,*/*"}, True),
        ("GET", {"accept": "*/*"}, False),
        ("GET", {}, False),
    ],
)
def test_only_what_a_person_did_is_activity(method: str, headers: dict[str, str], expected: bool) -> None:  # noqa: FBT001
    assert by_person(method, headers.get) is expected

from sessionward.audit.experiment import Leave, asked_by_browsers
from sessionward.http import Request
from tests.audit.checks.scenes import API, ORACLE, SID, needing, scene


def test_only_what_cookies_alone_open_by_get_is_asked_for_and_data_come_first() -> None:
    data = needing(API, SID)
    posted = needing(API, SID)
    both = needing(API, SID, *API.members)
    known = scene(private=(ORACLE, data, both))
    assert list(asked_by_browsers(known)) == [data, ORACLE]
    assert posted.request == Request(method="GET", url=API.request.url)


def test_an_origin_is_told_in_words() -> None:
    assert Leave(exchange=ORACLE, origin="null").whose == "a page without an origin (a sandboxed frame)"

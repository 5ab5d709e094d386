import time

from sessionward.audit.perform.sent_requests import as_sent, cookies_set, saving_request, with_text
from sessionward.http import Exchange, Request, Response

PAGE = "http://app.test/profile"
SAVE = Request(method="POST", url="http://app.test/save", body=b"a=swtext")
LOG = Request(method="POST", url="http://app.test/log", body=b"typed=swtext")
SEARCH = Request(method="GET", url="http://app.test/suggest?q=swtext")
OTHER = Request(method="POST", url="http://app.test/ping", body=b"x")


def test_the_last_request_that_holds_the_text_and_changes_state_saved_it() -> None:
    assert saving_request((LOG, SAVE, SEARCH, OTHER), "swtext") is SAVE


def test_where_none_changes_state_by_its_method_a_get_saved_it() -> None:
    assert saving_request((SEARCH, OTHER), "swtext") is SEARCH


def test_where_nothing_holds_the_text_nothing_saved_it() -> None:
    assert saving_request((OTHER,), "swtext") is None


def test_the_one_that_goes_where_the_known_one_went_comes_first() -> None:
    assert saving_request((SAVE, LOG), "swtext", like=SAVE) is SAVE


def test_the_text_is_replaced_wherever_it_stands() -> None:
    both = Request(method="POST", url="http://app.test/save?t=swtext", body=b"a=swtext&b=swtext")
    changed = with_text(both, "swtext", "swnext")
    assert (changed.url, changed.body) == ("http://app.test/save?t=swnext", b"a=swnext&b=swnext")


def test_it_goes_out_with_what_the_browser_adds() -> None:
    like = Request(method="GET", url=PAGE, headers=(("User-Agent", "Browser"), ("Accept-Language", "en")))
    sent = as_sent(SAVE, PAGE, (Exchange(request=like, response=Response(status=200)),))
    named = {name: sent.header(name) for name in ("user-agent", "accept-language", "referer", "origin")}
    assert named == {
        "user-agent": "Browser",
        "accept-language": "en",
        "referer": PAGE,
        "origin": "http://app.test",
    }


def test_a_get_names_no_origin() -> None:
    assert as_sent(SEARCH, PAGE, ()).header("origin") is None


def test_the_cookies_of_an_answer_are_kept_as_a_browser_would_keep_them() -> None:
    lines = ("sid=new; Path=/; HttpOnly", "draft=1", "old=; Max-Age=0; path=/", "nothing")
    response = Response(status=302, headers=tuple(("Set-Cookie", line) for line in lines))
    made = Exchange(request=Request(method="POST", url="http://app.test/my/account"), response=response)
    sid, draft, old = cookies_set(made)
    assert (sid.value, sid.path, sid.domain, sid.http_only, sid.expires) == (
        "new",
        "/",
        "app.test",
        True,
        None,
    )
    assert draft.path == "/my"
    assert old.expires is not None
    assert old.expires <= time.time()
    assert cookies_set(Exchange(request=made.request)) == ()


def test_cookies_that_a_browser_tells_in_one_header_are_told_apart() -> None:
    answer = Response(status=200, headers=(("set-cookie", "sid=new; Path=/\ndraft=1; Path=/"),))
    made = Exchange(request=Request(method="GET", url="http://app.test/"), response=answer)
    assert [(one.name, one.value) for one in cookies_set(made)] == [("sid", "new"), ("draft", "1")]

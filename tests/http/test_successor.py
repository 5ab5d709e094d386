import pytest

from sessionward.http import Exchange, Request, Response, TokenSet
from sessionward.http.successor import answered_at, gained, renewed
from tests.audit.checks.fake_app import cookie
from tests.audit.checks.scenes import SID

HELD = TokenSet((*cookie("sid", "old"), *cookie("lang", "en")))
DATE = ("Date", "Sat, 21 Nov 2026 12:00:00 GMT")


def answer(*lines: str, dated: bool = True) -> Exchange:
    headers = tuple(("Set-Cookie", line) for line in lines) + ((DATE,) if dated else ())
    return Exchange(
        request=Request(method="GET", url="http://app.test/"), response=Response(status=200, headers=headers)
    )


def value(tokens: TokenSet) -> str | None:
    token = tokens.get(SID)
    return token.value if token else None


def test_a_new_value_takes_the_place_of_the_old_one() -> None:
    assert value(renewed(HELD, answer("sid=new; Path=/"))) == "new"


def test_several_lines_in_one_header_are_all_read() -> None:
    after = renewed(HELD, answer("a=1\nsid=new"))
    assert (len(after), value(after)) == (3, "new")


@pytest.mark.parametrize(
    "line",
    [
        "sid=; Path=/",
        "sid=x; Max-Age=0",
        "sid=deleted; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "sid=deleted; Expires=Fri, 20 Nov 2026 12:00:00 GMT",
    ],
)
def test_a_cookie_that_the_answer_ends_is_dropped(line: str) -> None:
    assert value(renewed(HELD, answer(line))) is None


def test_without_a_date_an_end_long_ago_is_still_known() -> None:
    line = "sid=deleted; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
    assert value(renewed(HELD, answer(line, dated=False))) is None


def test_no_answer_changes_nothing() -> None:
    assert renewed(HELD, Exchange(request=Request(method="GET", url="http://app.test/"))) == HELD


def test_only_a_value_that_was_not_held_is_a_gain() -> None:
    assert gained(HELD, renewed(HELD, answer("sid=new")))
    assert not gained(HELD, renewed(HELD, answer("sid=old")))
    assert not gained(HELD, renewed(HELD, answer("sid=; Max-Age=0")))


def test_a_broken_date_is_no_date() -> None:
    made = Exchange(
        request=Request(method="GET", url="http://app.test/"),
        response=Response(status=200, headers=(("Date", "yesterday"),)),
    )
    assert answered_at(made) == 0.0

import pytest

from sessionward.audit.perform.framed import framed_document, why_not_drawn, why_not_own
from sessionward.http import Exchange, Request, Response

URL = "http://app.test/profile"


def framed(*headers: tuple[str, str], status: int = 200, url: str = URL) -> Exchange:
    return Exchange(
        request=Request(method="GET", url=url),
        response=Response(status=status, headers=headers),
        resource="document",
    )


def test_the_page_in_the_frame_is_the_last_document_that_is_no_page_of_its_own() -> None:
    page = Exchange(request=Request(method="GET", url=URL), resource="document", navigation=True)
    login = framed(url="http://app.test/login")
    script = Exchange(request=Request(method="GET", url="http://app.test/a.js"), resource="script")
    assert framed_document((page, framed(status=302), login, script), URL) is login


def test_a_frame_that_asked_for_nothing_has_none() -> None:
    assert framed_document((), URL) is None


@pytest.mark.parametrize(
    "exchange, cookies, why",
    [
        (None, (), "the frame asked for nothing"),
        (framed(("X-Frame-Options", "DENY")), ("sid",), "its X-Frame-Options says “DENY”"),
        (
            framed(("Content-Security-Policy", "default-src 'self'; frame-ancestors 'self'")),
            ("sid",),
            "its Content-Security-Policy says “frame-ancestors 'self'”",
        ),
        (
            Exchange(request=Request(method="GET", url=URL), error="refused"),
            (),
            "the frame stayed empty (refused)",
        ),
        (framed(), (), "the browser sent no cookie into the frame (SameSite), so nobody is logged in there"),
        (framed(status=404), ("sid",), "the frame shows another page (status 404)"),
    ],
)
def test_the_reason_is_told_in_words(exchange: Exchange | None, cookies: tuple[str, ...], why: str) -> None:
    assert why_not_drawn(exchange, cookies) == why


def test_a_form_that_is_not_the_account_s_is_told_apart_by_whether_cookies_went_along() -> None:
    assert "as it is for visitors" in why_not_own(())
    assert "does not hold what the account's own holds" in why_not_own(("sid",))

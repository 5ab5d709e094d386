import pytest

from sessionward.audit.perform.framed import framed_document, led_to, otherwise, why_not_drawn, why_not_own
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


def test_the_path_that_an_answer_leads_to_is_told_without_what_changes_each_time() -> None:
    assert led_to(framed(("Location", "/profile/done?saved=17"), status=303)) == "/profile/done"
    assert (
        led_to(framed(("Location", "done"), status=302, url="http://app.test/profile/save"))
        == "/profile/done"
    )
    assert led_to(framed(("Location", "/made"), status=201)) == ""
    assert led_to(Exchange(request=Request(method="POST", url=URL), error="refused")) == ""


@pytest.mark.parametrize(
    "own, location, said",
    [
        ("/profile", "/profile", ""),
        ("/profile", "/login?next=/profile", "led to /login"),
        ("", "/login", "led to /login"),
        ("/profile", "", "answered by a page of its own"),
        ("", "", ""),
    ],
)
def test_an_answer_that_leads_elsewhere_than_the_own_one_is_told(own: str, location: str, said: str) -> None:
    made = framed(("Location", location), status=302) if location else framed()
    assert otherwise(own, made) == said

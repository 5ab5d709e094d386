from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest

from sessionward.session.adapters.arrival import VISITOR_COOKIE, RefusedRequest
from sessionward.session.adapters.wsgi_origin import Environ, WSGIForgeryGuard, arrival_of, sent_by
from sessionward.session.forgery.first_field import LONGEST_LOOK
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules

RULES = ForgeryRules(origins=["https://portal.example"], keys=[b"k" * 32], public=["/ärzte"])
FORM = "application/x-www-form-urlencoded"


class Portal:
    """An app that shows a form token and reads bodies, and its guard."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.refused: list[RefusedRequest] = []
        self.status = ""
        self.headers: dict[str, str] = {}
        self.guard = WSGIForgeryGuard(self.app, RULES, on_refusal=self.refused.append)

    def app(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        self.bodies.append(environ["wsgi.input"].read())
        text = arrival_of(environ).token() if environ["PATH_INFO"] == "/form" else "done"
        start_response("200 OK", [("Cache-Control", "private")])
        return [text.encode()]

    def ask(self, method: str, path: str, body: bytes = b"", **environ: str) -> str:
        """The body of the answer to a request of a browser that says nothing of itself."""
        asked: Environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": FORM,
            "wsgi.input": BytesIO(body),
        }

        def start(status: str, headers: list[tuple[str, str]], *error: object) -> None:
            self.status, self.headers = status, dict(headers)

        return b"".join(self.guard(asked | environ, start)).decode()


def test_a_request_of_another_site_does_not_reach_the_app() -> None:
    portal = Portal()
    portal.ask("POST", "/transfer", b"a=1", HTTP_SEC_FETCH_SITE="cross-site")
    assert (portal.status, portal.headers["Cache-Control"]) == ("403 Forbidden", "no-store")
    assert (portal.bodies, [told.doubt for told in portal.refused]) == ([], [Doubt.CROSS_SITE])


def test_our_own_form_needs_no_token() -> None:
    portal = Portal()
    assert portal.ask("POST", "/transfer", b"a=1", HTTP_ORIGIN="https://portal.example") == "done"
    assert portal.bodies == [b"a=1"]


def test_a_token_is_found_and_the_app_reads_the_whole_body_after() -> None:
    portal = Portal()
    token = portal.ask("GET", "/form")
    cookie = portal.headers["Set-Cookie"].partition(";")[0]
    assert cookie.startswith(VISITOR_COOKIE)
    assert portal.headers["Cache-Control"] == "no-store"
    body = f"csrf_token={token}&rest=".encode() + b"x" * 3 * LONGEST_LOOK
    assert portal.ask("POST", "/transfer", body, HTTP_COOKIE=cookie) == "done"
    assert portal.bodies[-1] == body
    assert portal.ask("POST", "/transfer", b"{}", HTTP_COOKIE=cookie, HTTP_X_CSRFTOKEN=token) == "done"
    portal.ask("POST", "/transfer", b"csrf_token=wrong", HTTP_COOKIE=cookie)
    assert portal.status == "403 Forbidden"


@pytest.mark.parametrize("length", ["", "-1", "many"])
def test_a_body_of_unknown_length_is_not_searched_for_a_token(length: str) -> None:
    portal = Portal()
    portal.ask("POST", "/transfer", b"csrf_token=x", CONTENT_LENGTH=length)
    assert portal.status == "403 Forbidden"


def test_the_path_is_read_as_it_was_sent() -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "/app",
        "PATH_INFO": "/ärzte".encode().decode("latin-1"),
    }
    assert sent_by(environ).path == "/app/ärzte"
    assert sent_by({"REQUEST_METHOD": "GET"}).path == "/"
    assert sent_by(environ, "/other").path == "/other"


def test_without_the_guard_the_helpers_say_so() -> None:
    with pytest.raises(RuntimeError, match="not installed"):
        arrival_of({})

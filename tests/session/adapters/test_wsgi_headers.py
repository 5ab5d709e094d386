from collections.abc import Iterable
from typing import Any

import pytest

from sessionward.session.adapters.wsgi_headers import WSGISecurityHeaders, dressing_of
from sessionward.session.adapters.wsgi_origin import Environ
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy


def app(environ: Environ, start_response: Any) -> Iterable[bytes]:
    dressing_of(environ).ended = environ["PATH_INFO"] == "/logout"
    start_response(
        "200 OK", [("Content-Type", "text/html"), ("X-Frame-Options", "ALLOWALL"), ("Set-Cookie", "a=b")]
    )
    return [dressing_of(environ).nonce.encode()]


def ask(
    path: str = "/", scheme: str = "https", policies: HeaderPolicies | None = None
) -> tuple[str, dict[str, str]]:
    told: dict[str, str] = {}

    def start(status: str, headers: list[tuple[str, str]], *error: object) -> None:
        assert len(headers) == len({name.lower() for name, _ in headers})
        told.update(headers)

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.url_scheme": scheme}
    body = b"".join(WSGISecurityHeaders(app, policies)(environ, start))
    return body.decode(), told


def test_an_answer_bears_its_nonce_and_what_is_weaker_yields() -> None:
    nonce, headers = ask()
    assert f"'nonce-{nonce}'" in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["Set-Cookie"]) == ("DENY", "a=b")
    assert "Strict-Transport-Security" in headers


def test_a_logout_has_the_browser_forget() -> None:
    assert ask("/logout")[1]["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in ask()[1]


def test_routes_have_policies_of_their_own_and_hsts_is_for_tls_alone() -> None:
    policies = HeaderPolicies(routes={"/häuser": HeaderPolicy(referrer="no-referrer")})
    headers = ask("/häuser/1".encode().decode("latin-1"), "http", policies)[1]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Strict-Transport-Security" not in headers


def test_without_the_middleware_the_helper_says_so() -> None:
    with pytest.raises(RuntimeError, match="not installed"):
        dressing_of({})

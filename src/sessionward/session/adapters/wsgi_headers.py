"""Security headers for WSGI apps: Flask, and any other."""

from collections.abc import Iterable, Mapping
from typing import Any

from sessionward.session.adapters.wsgi_origin import Environ, StartResponse, WSGIApp
from sessionward.session.headers.amend import Amendment
from sessionward.session.headers.dressing import Dressing, policies_of
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy

PLACE = "sessionward.headers"


class WSGISecurityHeaders:
    """Gives the answers of `app` the headers that have browsers protect them."""

    def __init__(self, app: WSGIApp, policies: HeaderPolicies | HeaderPolicy | None = None) -> None:
        self._app = app
        self._policies = policies_of(policies)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        spelled = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"
        path = spelled.encode("latin-1", "replace").decode("utf-8", "replace") or "/"
        secure = environ.get("wsgi.url_scheme") == "https"
        dressing = environ[PLACE] = Dressing.begin(self._policies, path, secure=secure)

        def start(status: str, headers: list[tuple[str, str]], *error: object) -> object:
            change = dressing.amendment(int(status[:3]), by_name(headers))
            return start_response(status, amended(headers, change), *error)

        return self._app(environ, start)


def dressing_of(environ: Mapping[str, Any]) -> Dressing:
    """What the middleware left for the request of `environ`: its `nonce`, and `ended`, to be set at a logout.

    Raises:
        RuntimeError: the middleware is not installed.

    """
    found: Dressing | None = environ.get(PLACE)
    if found is None:
        raise RuntimeError("The security headers' middleware is not installed.")
    return found


def amended(headers: Iterable[tuple[str, str]], change: Amendment) -> list[tuple[str, str]]:
    """`headers` after `change`."""
    return [*(entry for entry in headers if entry[0].lower() not in change.drop), *change.add]


def by_name(headers: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """All values of each header by its name in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in headers:
        found[name.lower()] = (*found.get(name.lower(), ()), value)
    return found

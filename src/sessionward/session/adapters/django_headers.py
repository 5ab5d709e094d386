"""Security headers for Django. Nothing of Django is imported: a middleware is a function.

They replace SecurityMiddleware's and XFrameOptionsMiddleware's, which may stay for their redirects to https.
"""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from sessionward.session.adapters.wsgi_headers import PLACE, by_name, dressing_of
from sessionward.session.headers.dressing import Dressing, policies_of
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy


def django_security_headers(
    policies: HeaderPolicies | HeaderPolicy | None = None,
) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """The middleware to name first in MIDDLEWARE. Templates find the nonce as `request.csp_nonce`."""
    known = policies_of(policies)

    def headers(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def enter(request: Any) -> Dressing:
            dressing = Dressing.begin(known, request.path, secure=request.is_secure())
            request.META[PLACE] = dressing
            request.csp_nonce = dressing.nonce
            return dressing

        def serve(request: Any) -> Any:
            return _dressed(enter(request), get_response(request))

        async def serve_async(request: Any) -> Any:
            return _dressed(enter(request), await get_response(request))

        return serve_async if iscoroutinefunction(get_response) else serve

    vars(headers).update(sync_capable=True, async_capable=True)
    return headers


def django_clear_site_data(request: Any) -> None:
    """Have the browser forget what the site stored in it; to be called at a logout."""
    dressing_of(request.META).ended = True


def _dressed(dressing: Dressing, response: Any) -> Any:
    change = dressing.amendment(response.status_code, by_name(response.headers.items()))
    for name in change.drop:
        del response.headers[name]
    for name, value in change.add:
        said = response.headers.get(name)
        response.headers[name] = value if said is None else f"{said}, {value}"
    return response

"""The API answers every origin as if it were a friend: the origin that asks is echoed, and cookies are allowed.

A list of partners was to come later. The cookie is SameSite=None, since the partners' pages need it.
"""

from dataclasses import replace

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _echo(scope: Scope, headers: MutableHeaders) -> None:
    origin = Headers(scope=scope).get("origin") if scope["path"].startswith("/api/") else None
    if origin:
        headers["access-control-allow-origin"] = origin
        headers["access-control-allow-credentials"] = "true"
        headers["cross-origin-resource-policy"] = "cross-origin"


def _apply(settings: Settings) -> Settings:
    retouches = (*settings.protections.retouches, _echo)
    protections = replace(settings.protections, retouches=retouches, cookies_same_site="none")
    return replace(settings, protections=protections)


HAZARD = Hazard(
    id="cors-exposes-private-data",
    title="Another site's script can read the visitor's data",
    implies={
        "cookie-sent-cross-site": "the cookie was made to go along with what other sites send",
    },
    apply=_apply,
)

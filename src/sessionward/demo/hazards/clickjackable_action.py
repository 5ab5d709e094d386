"""Framing was allowed for a partner's intranet, and with it for everybody: no X-Frame-Options, no frame-ancestors.

The cookie is SameSite=None, or the frame would have shown the login.
"""

from dataclasses import replace

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard

POLICY = "content-security-policy"


def _let_frame(_scope: Scope, headers: MutableHeaders) -> None:
    if "x-frame-options" in headers:
        del headers["x-frame-options"]
    directives = [each.strip() for each in headers.get(POLICY, "").split(";")]
    kept = [each for each in directives if each and not each.startswith("frame-ancestors")]
    if kept:
        headers[POLICY] = "; ".join(kept)


def _apply(settings: Settings) -> Settings:
    retouches = (*settings.protections.retouches, _let_frame)
    protections = replace(settings.protections, retouches=retouches, cookies_same_site="none")
    return replace(settings, protections=protections)


HAZARD = Hazard(
    id="clickjackable-action",
    title="Another site can frame the pages and have the visitor press their buttons",
    implies={
        "cookie-sent-cross-site": "the cookie was made to go along with what other sites send",
    },
    apply=_apply,
)

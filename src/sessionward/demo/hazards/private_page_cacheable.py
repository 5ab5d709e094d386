"""What the API and the documents answer may be kept for some minutes, so that pages fill faster on a slow line.

It lies on the disk of whatever device was used, also after the logout.
"""

from dataclasses import replace

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard

KEPT = ("/api/me", "/api/records", "/documents/")


def _keep(scope: Scope, headers: MutableHeaders) -> None:
    if scope["path"].startswith(KEPT):
        headers["cache-control"] = "private, max-age=300"


def _apply(settings: Settings) -> Settings:
    retouches = (*settings.protections.retouches, _keep)
    return replace(settings, protections=replace(settings.protections, retouches=retouches))


HAZARD = Hazard(
    id="private-page-cacheable",
    title="Browsers may keep private data on disk",
    apply=_apply,
)

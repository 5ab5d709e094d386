"""A script keeps what was read last in localStorage, and the logout does not know of it."""

from dataclasses import replace

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _clear_nothing(_scope: Scope, headers: MutableHeaders) -> None:
    if "clear-site-data" in headers:
        del headers["clear-site-data"]


def _apply(settings: Settings) -> Settings:
    protections = replace(
        settings.protections,
        further_scripts=(*settings.protections.further_scripts, "recent-records.js"),
        retouches=(*settings.protections.retouches, _clear_nothing),
    )
    return replace(settings, protections=protections)


HAZARD = Hazard(
    id="storage-left-after-logout",
    title="Private data stays in the browser's storage after the logout",
    apply=_apply,
)

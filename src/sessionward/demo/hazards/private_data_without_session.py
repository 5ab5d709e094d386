"""The printable page was added beside the others, and its session check was left out.

Its address looks unguessable. It stands in the browser's history, in the printer's queue and in proxy logs.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.people import Account


def _anyone(_viewer: Account | None, _owner: Account) -> bool:
    return True


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, may_print=_anyone))


HAZARD = Hazard(
    id="private-data-without-session",
    title="A private page is shown without a session",
    apply=_apply,
)

"""Documents are served by their address, to anybody who has it and for as long as they exist.

The address looks unguessable. It stands in browser histories and proxy logs, and is sent on by mail.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.people import Account


def _anyone(_viewer: Account | None, _owner: Account) -> bool:
    return True


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, may_download=_anyone))


HAZARD = Hazard(
    id="document-link-without-session",
    title="A document opens without a session",
    implies={"private-data-without-session": "a document holds private data, and no session is asked for"},
    apply=_apply,
)

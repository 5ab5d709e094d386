"""Links that say how long they are good for: judged after that time, where it can be waited for."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from sessionward.audit.experiment.endings import Step
from sessionward.audit.probe import Wait
from sessionward.audit.scene import Scene
from sessionward.http import Exchange

LEEWAY = 5.0
"""Seconds that clocks may differ by."""


def outlived(scene: Scene, expires: float, answer: Exchange) -> Step[bool]:
    """Wait until the link has ended by the app's own clock, as ``answer`` tells it. False where that takes too long.

    The clock is that of the Date header (RFC 9110, section 6.6.1).
    """
    now = server_time(answer)
    if now is None:
        return False
    left = expires - now + LEEWAY
    if left > scene.wait:
        return False
    if left > 0:
        yield from Wait(seconds=left)
    return True


def server_time(answer: Exchange) -> float | None:
    """The moment of the answer by the app's clock, in seconds of Unix time; None where it does not tell."""
    said = answer.response.header("date") if answer.response else None
    try:
        return parsedate_to_datetime(said).timestamp() if said else None
    except ValueError:
        return None

"""Leave to read that an app gives other origins in its headers (CORS): asked for beside the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sessionward.audit.experiment.endings import Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.observation import Session
from sessionward.audit.probe import Origin, Replay, foreign_origin
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Carrier

WHOSE: dict[Origin, str] = {
    "other": "another site",
    "lookalike": "a site whose name begins with the app's",
    "null": "a page without an origin (a sandboxed frame)",
    "sibling": "another port of the app's host (the same site)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """An address that says in its headers that a foreign origin may read it with the cookies."""

    exchange: PrivateExchange
    origin: Origin

    @property
    def whose(self) -> str:
        """The origin, for a reader."""
        return WHOSE[self.origin]


def asked_by_browsers(scene: Scene) -> Iterator[PrivateExchange]:
    """Private addresses that open by what a browser adds by itself; data before pages."""
    for one in sorted(scene.private, key=lambda one: one.kind != "api"):
        by_cookie = all(key.carrier is Carrier.COOKIE for key in one.members)
        if one.members and by_cookie and one.request.method.upper() == "GET":
            yield one


def leave_given(scene: Scene, session: Session, one: PrivateExchange, origin: Origin) -> Step[Leave | None]:
    """What the address says to that origin, where the session's data stand in the answer.

    The origin must be named: browsers let nobody read with cookies by a ``*`` (Fetch, section 3.3.5).
    """
    named = foreign_origin(scene.start, origin)
    request = one.request.with_header("Origin", named).with_header("Sec-Fetch-Site", None)
    answer = yield from Replay(
        exchange=replace(one, request=request),
        tokens=session.tokens,
        party=session.party,
        control=Guard.BEFORE,
    )
    response = answer.exchange.response
    if response is None or answer.shows != session.party:
        return None
    allowed = response.header("access-control-allow-origin") == named
    credentials = (response.header("access-control-allow-credentials") or "").strip().lower() == "true"
    return Leave(exchange=one, origin=origin) if allowed and credentials else None

"""Pages that are left open, each in a browser and a session of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sessionward.audit.experiment.actions import enter
from sessionward.audit.experiment.endings import CannotTell, Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.live_page import private_pages
from sessionward.audit.observation import Session
from sessionward.audit.probe import Observe
from sessionward.audit.scene import Scene

MOST = 3
KEPT_FREE = 2
"""Places under a cap on sessions for the one that is parked and the one kept for controls."""
WAITING = re.compile(
    r"wait|queue|status|inbox|messag|chat|dashboard|overview|notif|feed|home|monitor|news|alert"
    r"|warte|nachricht|meldung|\u00fcbersicht|uebersicht|accueil|attente|bandeja|espera|mensaje",
    re.IGNORECASE,
)
"""Words in the addresses of pages that tend to ask for news by themselves."""
CONVERSATION = re.compile(
    r"consult|video|call|(?<!waiting)(?<!waiting[-_])room|meet|sprechstunde|visio|cita", re.IGNORECASE
)
"""A running consultation may rightly hold a session: its page is not left open for this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage:
    """A page that was opened and left. ``made`` is how many requests its browser had made by then."""

    session: Session
    url: str
    made: int


def open_pages(scene: Scene) -> Step[tuple[OpenPage, ...]]:
    """Log the stranger in for each of a few pages, open it, and leave it open. Raises CannotTell where none opens."""
    room = MOST if scene.session_cap is None else min(MOST, scene.session_cap - KEPT_FREE)
    found: list[OpenPage] = []
    for url in likely(scene)[: max(0, room)]:
        session = yield from enter("stranger", keep=True)
        page = yield from Observe(session=session, url=url, control=Guard.POSITIVE)
        if not page.asks_login:
            found.append(OpenPage(session=session, url=page.url, made=len(page.exchanges)))
    if not found:
        raise CannotTell(
            "no page could be left open: the app lets too few sessions of an account live at a time"
        )
    return tuple(found)


def likely(scene: Scene) -> tuple[str, ...]:
    """Addresses of pages, those first that probably ask for something by themselves.

    The start page and the private ones are in any case among them; the words of an address decide on the others.
    """
    own = [
        each.request.url if each.kind == "page" and each.request.method == "GET" else each.page or scene.start
        for each in private_pages(scene)
    ]
    fed = [each.page for each in scene.private if each.kind == "api" and each.page]
    every = dict.fromkeys((*fed, *scene.pages, *own, scene.start))
    pages = [url for url in every if not CONVERSATION.search(urlsplit(url).path)]
    order = {url: place for place, url in enumerate(pages)}
    return tuple(
        sorted(pages, key=lambda url: (not WAITING.search(urlsplit(url).path), url not in fed, order[url]))
    )

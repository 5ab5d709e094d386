"""Pages in a live browser: opened, left alone, gone back to. Judged by the private texts that they hold."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from sessionward.audit.experiment.endings import CannotTell, Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.observation import Observed, Session
from sessionward.audit.probe import Observe, Wait
from sessionward.audit.scene import PrivateExchange, Scene

MOST_PAGES = 3
LOOKS = 24
"""How often a page that is left alone is looked at; looking asks the app nothing."""
ADVICE = "give the account a name of five letters or more, or data of its own, that its pages show"
"""How such a page becomes known; shorter texts stand in any page by chance."""


def private_pages(scene: Scene, most: int = MOST_PAGES) -> tuple[PrivateExchange, ...]:
    """Private exchanges on pages of their own, the oracle's first: opening them opens different pages."""
    found: dict[str, PrivateExchange] = {}
    for exchange in scene.private:
        own = exchange.kind == "page" and exchange.request.method.upper() == "GET"
        url = exchange.request.url if own else exchange.page or scene.start
        found.setdefault(urlsplit(url)._replace(query="").geturl(), exchange)
    return tuple(found.values())[:most]


def walked(
    scene: Scene, session: Session, most: int = MOST_PAGES, *, recognised: bool = True
) -> Step[Observed]:
    """Open private pages in the session's browser, as a person would before leaving.

    Gives the last of them, with the private texts that any of them showed as ``found``.

    Raises CannotTell where none of them shows a private text as drawn: then nothing can be looked for afterwards. Who
    looks for none, but at what the browser asked for, need not have them ``recognised``; a form to log in is no page
    of the account's all the same.
    """
    found: dict[str, None] = {}
    page = None
    for exchange in private_pages(scene, most):
        page = yield from Observe(session=session, exchange=exchange, control=Guard.POSITIVE)
        found |= dict.fromkeys(page.found)
    if page is None or not (found if recognised else found or not page.asks_login):
        raise CannotTell(
            f"the browser of the {session.party} was shown no text on its pages by which they could be known again: "
            f"{ADVICE}"
        )
    return replace(page, found=tuple(found))


def opened(scene: Scene, session: Session, exchange: PrivateExchange | None = None) -> Step[Observed]:
    """Open the oracle's page, or that of ``exchange``. Raises CannotTell where it shows nothing private."""
    page = yield from Observe(session=session, exchange=exchange or scene.oracle, control=Guard.POSITIVE)
    if not page.found:
        raise CannotTell(f"the page at {page.url} shows no text by which it could be known again: {ADVICE}")
    return page


def left_alone(session: Session, page: Observed, horizon: float) -> Step[tuple[Observed, float | None]]:
    """Leave an open page alone for ``horizon`` seconds at most, without a request of ours.

    Gives the page as it was when it last showed the account, and after how many seconds it did no longer (a form to log
    in, its texts gone), None where it did to the end.
    """
    begun, step = page.seen, max(1.0, horizon / LOOKS)
    while page.seen - begun < horizon:
        yield from Wait(seconds=step, control=Guard.TWIN)
        now = yield from Observe(session=session, control=Guard.TWIN)
        if now.asks_login or not now.found:
            return page, now.seen - begun
        page = now
    return page, None


def public_texts(scene: Scene, session: Session) -> Step[frozenset[str]]:
    """The texts that the start page shows to this browser although it is logged out: they say nothing."""
    page = yield from Observe(session=session, url=scene.start, control=Guard.GONE)
    return frozenset(page.found)

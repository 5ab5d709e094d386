"""The ways into an account, each with its own tokens: which are open before an event, which still after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sessionward.audit.experiment.endings import NotHere, Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import Target, look, must_be_refused, outlasts
from sessionward.audit.observation import Session
from sessionward.audit.probe import Visit
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import TokenSet

Ways = tuple[PrivateExchange, ...]


def gathered(scene: Scene, session: Session, ways: Ways) -> Step[TokenSet]:
    """The tokens that the session's browser holds once the pages were opened whose scripts get some of their own."""
    tokens = session.tokens
    for way in ways:
        for key in sorted(way.members):
            if tokens.get(key) is None:
                page = scene.sent_from.get(key, way.page)
                seen = yield from Visit(
                    session=session, exchange=replace(way, page=page), control=Guard.BEFORE
                )
                tokens = tokens.merged(seen.tokens)
    return tokens


def opened(scene: Scene, tokens: TokenSet, ways: Ways) -> Step[tuple[Ways, TokenSet]]:
    """G1 for each: the ways that exactly its own tokens open now; one that they do not open drops out.

    Gives the tokens that are held then as well: to trade a cookie for a token may replace it.
    """
    found = []
    for way in ways:
        seen = yield from look(scene, tokens.only(way.members), Target(exchange=way), control=Guard.POSITIVE)
        if seen.opened:
            found.append(way)
            tokens = tokens.merged(seen.tokens) if way.renewal else tokens
    if len(found) < 2:  # noqa: PLR2004
        raise NotHere(f"a fresh login opens one way into the account only: {listed(found) or 'none'}")
    return tuple(found), tokens


def left_open(scene: Scene, tokens: TokenSet, ways: Ways) -> Step[Ways]:
    """Those that still open after the logout and, beside others that do not, go on doing so; with their controls."""
    alive = []
    for way in ways:
        seen = yield from look(scene, tokens.only(way.members), Target(exchange=way))
        if seen.opened:
            yield from must_be_refused(scene, seen.tokens, Target(exchange=way))
            alive.append((way, seen.tokens))
    lasting = []
    for way, held in alive:
        if len(alive) == len(ways) or (yield from outlasts(scene, held, Target(exchange=way))) is None:
            lasting.append(way)
    return tuple(lasting)


def listed(ways: Iterable[PrivateExchange]) -> str:
    """Ways in, for a reader."""
    return ", ".join(
        f"{way.channel} (traded for a token)" if way.renewal else f"the {way.kind} opened by {way.channel}"
        for way in ways
    )

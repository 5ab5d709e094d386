"""An answer's body repeats the cookie that carries the login.

Why: the cookie is kept from scripts on purpose; a body that repeats it gives any script of the page the session.
Proof: the exact value is found in the body of a page, a call or an error page, and a client that holds only that
value is shown the owner's data.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, urljoin

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import (
    Guard,
    NotHere,
    cookie_keys,
    enter,
    experiment,
    exposed,
    positive,
    walked,
)
from sessionward.audit.probe import Replay
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Exchange, Request, TokenKey, TokenSet

SHORTEST = 12
"""A shorter value may stand in a text by chance."""


@experiment
def detect(scene: Scene) -> Detection:
    """Use the app, provoke an error, look for the values in every body."""
    if not cookie_keys(scene):
        raise NotHere("no cookie carries the login; a token in a header is handed to scripts on purpose")
    session = yield from enter("owner", keep=True)
    yield from positive(scene, session.tokens)
    page = yield from walked(scene, session, recognised=False)
    tokens = session.tokens.merged(page.tokens)
    bodies = [*session.exchanges, *page.exchanges]
    for known in (*scene.private, missing(scene)):
        answer = yield from Replay(
            exchange=known, tokens=tokens, party="owner", control=Guard.POSITIVE if known.markers else ""
        )
        bodies.append(answer.exchange)
    found = echoed(tokens, cookie_keys(scene), bodies)
    return (
        yield from exposed(
            scene, replace(session, tokens=tokens), found, "is repeated in the body of an answer"
        )
    )


def missing(scene: Scene) -> PrivateExchange:
    """An address that no app knows, for the page that tells so."""
    url = urljoin(scene.start, f"sessionward-{scene.seed}/%22%3E")
    request = Request(method="GET", url=url)
    return PrivateExchange(id="missing", request=request, members=scene.members, markers={})


def echoed(tokens: TokenSet, keys: frozenset[TokenKey], exchanges: Iterable[Exchange]) -> frozenset[TokenKey]:
    """The places of those tokens whose value a body repeats, as it is or as texts, addresses and JSON write it."""
    texts = [exchange.text for exchange in exchanges if exchange.response]
    return frozenset(
        token.key
        for token in tokens.only(keys)
        if len(token.value) >= SHORTEST
        and any(form in text for form in _forms(token.value) for text in texts)
    )


def _forms(value: str) -> frozenset[str]:
    return frozenset({value, html.escape(value), quote(value, safe=""), json.dumps(value)[1:-1]})


TOLD = story(__doc__)
CHECK = Check(
    id="token-echoed-in-body",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.3.4", "WSTG-SESS-04", "CWE-200", "HIPAA-164.312(a)(1)"),
    personas=("adversarial", "power user"),
    fix="Never write the session's token into a page, a call's answer, an error page or a form; give forms a token of "
    "their own.",
    detect=detect,
)

"""The token that carries the login stands in an address.

Why: addresses are kept in histories, logs and proxies, are copied into mails, and go to other sites as Referer.
Proof: the exact value is found in an address that the browser asked for, and a client that holds only that value
is shown the owner's data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import carriers, enter, experiment, exposed, positive, walked
from sessionward.audit.scene import Scene
from sessionward.http import Carrier, TokenKey, TokenSet

SHORTEST = 12
"""A shorter value may stand in an address by chance."""


@experiment
def detect(scene: Scene) -> Detection:
    """Use the app, look for the values in every address that was asked for."""
    session = yield from enter("owner", keep=True)
    yield from positive(scene, session.tokens)
    page = yield from walked(scene, session, recognised=False)
    tokens = session.tokens.merged(page.tokens)
    addresses = [page.url, *(exchange.request.url for exchange in (*session.exchanges, *page.exchanges))]
    found = in_addresses(tokens, carriers(scene), addresses)
    return (yield from exposed(scene, replace(session, tokens=tokens), found, "stands in an address"))


def in_addresses(
    tokens: TokenSet, keys: frozenset[TokenKey], addresses: Iterable[str]
) -> frozenset[TokenKey]:
    """The places of those tokens whose value an address holds, those that travel in addresses anyway among them."""
    told = [form for address in addresses for form in (address, unquote(address))]
    return frozenset(
        token.key
        for token in tokens.only(keys)
        if token.carrier is Carrier.QUERY
        or (len(token.value) >= SHORTEST and any(unquote(token.value) in address for address in told))
    )


TOLD = story(__doc__)
CHECK = Check(
    id="token-in-url",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-14.2.1", "WSTG-SESS-04", "CWE-598", "HIPAA-164.312(a)(1)"),
    personas=("curious", "business"),
    fix="Carry the session in a cookie or a header only; turn off what writes it into addresses where cookies are "
    "refused.",
    detect=detect,
)

"""The app adopts a token that somebody else made up, and logs the victim in on it.

Why: an attacker plants a token of their own choosing (a link, a neighbouring site, a shared computer) and is logged
in as the victim the moment that the victim logs in (session fixation).
Proof: random values of the right format, which open nothing, are planted in a fresh browser or in the address; the
owner logs in there; a client that holds only those values is then shown the owner's data.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from sessionward.audit.check import Check, Detection, Outcome, Severity, passed, story
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    NotHere,
    Step,
    Target,
    cookie_keys,
    enter,
    entering_cookies,
    experiment,
    failing,
    look,
    place,
    positive,
    replay_opens,
    resident,
)
from sessionward.audit.scene import Scene
from sessionward.http import TokenSet


@experiment
def detect(scene: Scene) -> Detection:
    """Plant in the browser; where that is not adopted, in the address."""
    sample = (yield from resident("owner", Guard.BEFORE)).tokens.only(entering_cookies(scene))
    if not sample:
        raise NotHere("no cookie carries the login, so there is none to plant")
    # Where a header carries the login, the cookie that is traded for it is what can be planted.
    target = Target() if cookie_keys(scene) else Target(exchange=scene.renewing[0], keys=sample.keys)
    plain = yield from planted(scene, made_up(sample, scene.seed), target, how="in the browser")
    if failing(plain) or scene.login is None:
        return plain
    tried = ["in the browser"]
    for number, (build, how) in enumerate(ADDRESSES, start=1):
        values = made_up(sample, scene.seed + number)
        try:
            address = build(scene.login.url, values)
            outcome = yield from planted(scene, values, target, how=how, address=address)
        except CannotTell:
            continue  # an app that knows no such address is no worse for it
        if failing(outcome):
            return outcome
        tried.append(how)
    told = ", ".join(tried)
    return passed(f"Made-up tokens planted {told} open nothing after the login", where=(place(scene.oracle),))


def made_up(sample: TokenSet, seed: int) -> TokenSet:
    """Values of the same format that no server ever handed out."""
    return sample.scrambled(sample.keys, seed=seed)


def planted(scene: Scene, values: TokenSet, target: Target, *, how: str, address: str = "") -> Step[Outcome]:
    """One try: plant, log in, present only what was planted."""
    before = yield from look(scene, values, target, control=Guard.BEFORE)
    if before.opened:
        raise CannotTell("made-up tokens already open the owner's data before anybody logged in")
    session = yield from enter("owner", plant=TokenSet() if address else values, address=address)
    yield from positive(scene, session.tokens)
    return (
        yield from replay_opens(
            scene,
            values,
            target,
            failed=f"A made-up token that was planted {how} before the login opens the owner's data after it.",
            passed=f"A made-up token planted {how} opens nothing after the login",
            ended=False,
        )
    )


def in_query(url: str, values: TokenSet) -> str:
    """The address with the values as parameters."""
    parts = urlsplit(url)
    added = "&".join(f"{token.name}={quote(token.value, safe='')}" for token in values)
    return urlunsplit(parts._replace(query=f"{parts.query}&{added}" if parts.query else added))


def in_path(url: str, values: TokenSet) -> str:
    """The address with the values as parameters of its path, named in lower case as servlets have it."""
    parts = urlsplit(url)
    added = "".join(f";{token.name.lower()}={quote(token.value, safe='')}" for token in values)
    return urlunsplit(parts._replace(path=f"{parts.path or '/'}{added}"))


ADDRESSES = (
    (in_query, "in the query of the login's address"),
    (in_path, "in the path of the login's address"),
)


TOLD = story(__doc__)
CHECK = Check(
    id="chosen-token-adopted",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.2.4", "WSTG-SESS-03", "CWE-384", "HIPAA-164.312(d)"),
    personas=("adversarial",),
    fix="Accept only tokens that the server itself handed out, only from the cookie, and make a new one at every "
    "login.",
    detect=detect,
    sessions=3,
)

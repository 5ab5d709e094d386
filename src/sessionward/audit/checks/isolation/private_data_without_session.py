"""An address shows an account's private data to anybody who asks, without a session.

Why: one route forgot to ask who is there; whoever knows or guesses the address reads the record.
Proof: every address that showed the owner private data is asked again without any token; an answer still holds the
text that was planted in the account, or what tells the account from all others.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessionward.audit.check import (
    Check,
    Detection,
    Disturbance,
    Outcome,
    Severity,
    failed,
    inconclusive,
    passed,
    story,
    suspected,
)
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    Step,
    experiment,
    other_lives,
    place,
    positive,
    resident,
)
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Replay, ReplayPersonal
from sessionward.audit.scene import PersonalExchange, PrivateExchange, Scene
from sessionward.http import TokenSet

Known = PrivateExchange | PersonalExchange
MOST = 40  # more addresses are not asked: the pattern shows by then


@experiment
def detect(scene: Scene) -> Detection:
    """Ask each address with the owner's tokens and with none."""
    known = asked_once(scene)
    session = yield from resident("owner", Guard.POSITIVE)
    yield from positive(scene, session.tokens)
    yield from other_lives(scene)
    shown: list[Known] = []
    asked: list[Known] = []
    for one in known[:MOST]:
        honest = yield from ask(one, session.tokens, Guard.POSITIVE)
        if honest.shows != "owner":
            continue
        bare = yield from ask(one, TokenSet(), "")
        if bare.shows == "error":
            continue
        asked.append(one)
        if bare.shows == "owner":
            shown.append(one)
    if not asked:
        raise CannotTell("no address that showed private data does so any longer")
    return concluded(len(known), asked, shown)


def asked_once(scene: Scene) -> tuple[Known, ...]:
    """Each address once, by what proves most: a canary, the account's name, data that may be public."""
    canaries = [one for one in scene.personal if one.evidence == "canary"]
    every: tuple[Known, ...] = (*scene.personal, *scene.private, *canaries)
    return tuple({place(one): one for one in every}.values())


def ask(one: Known, tokens: TokenSet, control: str) -> Step[Answer]:
    """The address with these tokens."""
    party = "owner" if tokens else "nobody"
    if isinstance(one, PersonalExchange):
        return (yield from ReplayPersonal(exchange=one, tokens=tokens, party=party, control=control))
    return (yield from Replay(exchange=one, tokens=tokens, party=party, control=control))


def concluded(total: int, asked: Sequence[Known], shown: Sequence[Known]) -> tuple[Outcome, ...]:
    """One outcome for what is proven, one for what may be meant to be public, or the pass."""
    likely = [one for one in shown if isinstance(one, PersonalExchange) and one.evidence == "personal"]
    proven = [one for one in shown if one not in likely]
    outcomes, bare = [], "Shown without a session:"
    if proven:
        text = f"{bare} the owner's private data, at {counted(proven)} of {len(asked)}."
        outcomes.append(failed(text, where=tuple(map(place, proven))))
    if likely:
        text = f"{bare} data of the account, at {counted(likely)} of {len(asked)}; that may be meant."
        outcomes.append(suspected(text, where=tuple(map(place, likely)), severity=Severity.MEDIUM))
    if not outcomes and 2 * len(asked) < min(total, MOST):
        text = f"only {counted(asked)} of {total} with private data could be asked again"
        outcomes.append(inconclusive(text))
    if not outcomes:
        text = f"Of the owner's private data nothing is shown without a session ({counted(asked)} asked)"
        outcomes.append(passed(text, where=tuple(map(place, asked))))
    return tuple(outcomes)


def counted(ones: Sequence[Known]) -> str:
    """So many addresses."""
    return "1 address" if len(ones) == 1 else f"{len(ones)} addresses"


TOLD = story(__doc__)
CHECK = Check(
    id="private-data-without-session",
    family="isolation",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-8.3.1", "WSTG-ATHN-04", "WSTG-ATHZ-02", "CWE-306", "CWE-862", "HIPAA-164.312(d)"),
    personas=("curious", "adversarial", "power user"),
    fix="Ask for the session in one place that every route passes; let a route say where it is public.",
    detect=detect,
    disturbs=frozenset({Disturbance.DATA}),
)

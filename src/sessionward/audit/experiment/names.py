"""Names with an account and made-up ones, sent by turns: known accounts are spared, unknown names are new each time."""

from __future__ import annotations

import math
import random
import string
from dataclasses import dataclass, field
from typing import Literal

from sessionward.audit.experiment.actions import enter_together, kept_out
from sessionward.audit.experiment.endings import Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.telling_apart import ENOUGH, said_apart
from sessionward.audit.observation import Reaction
from sessionward.audit.probe import TryNames
from sessionward.audit.scene import Scene

KNOWN = ("owner", "stranger")
IN_A_ROW = 2
"""So many wrong passwords for a known account, then the right one, which begins its count anew: some apps hold off,
or lock the account for good, from the third on."""


@dataclass(slots=True, kw_only=True)
class NameSample:
    """The reactions to known names and to unknown ones, and why it ended early."""

    known: list[Reaction] = field(default_factory=list)
    unknown: list[Reaction] = field(default_factory=list)
    url: str = ""
    ended: str = ""

    @property
    def told(self) -> bool:
        """Whether there is enough to compare what was said."""
        return min(len(self.known), len(self.unknown)) >= len(KNOWN)

    @property
    def many(self) -> bool:
        """Whether there is enough to compare times."""
        return min(len(self.known), len(self.unknown)) >= ENOUGH

    @property
    def timed(self) -> bool:
        """Whether the times were measured."""
        return all(one.seconds > 0 for one in (*self.known, *self.unknown))


def login_sample(scene: Scene) -> Step[NameSample]:
    """Wrong passwords for both kinds of names, at most so many for one known account as the policy leaves room for.

    The first tries come singly, each pair of names followed by the right password: what is said differs at once or
    never, and apps that count the failures of an address hold off after four or five of them. What differs so soon may
    do so by chance (a tip of the day), and is tried once more.
    """
    sample, rng = NameSample(), random.Random(scene.seed)
    row = max(1, min(IN_A_ROW, scene.policy.failed_logins // 2))
    for confirming in (False, True):
        for party in KNOWN if not confirming or said_apart(sample.known, sample.unknown) else ():
            yield from _round(scene, (party,), 1, rng, sample)
    while not (sample.ended or sample.many or not sample.timed or said_apart(sample.known, sample.unknown)):
        left = math.ceil((ENOUGH - len(sample.known)) / len(KNOWN))
        yield from _round(scene, KNOWN, min(row, left), rng, sample)
    return sample


def reset_sample(scene: Scene) -> Step[NameSample]:
    """Both kinds of names in the form for a forgotten password; each known account gets one mail of the app's."""
    sample, rng = NameSample(), random.Random(scene.seed)
    yield from _send(scene, "reset", KNOWN, 1, rng, sample)
    return sample


def _round(
    scene: Scene, parties: tuple[str, ...], row: int, rng: random.Random, sample: NameSample
) -> Step[None]:
    """Wrong passwords for these accounts and for as many names that nobody has, then the right ones.

    An app that holds off refuses the right ones too: what was said until then counts all the same.
    """
    if sample.ended:
        return
    yield from _send(scene, "login", parties, row, rng, sample)
    for session in (yield from enter_together(parties, control=Guard.POSITIVE)) if sample.known else ():
        if not (session.authenticated or sample.ended):
            raise kept_out(session)


def _send(
    scene: Scene,
    form: Literal["login", "reset"],
    parties: tuple[str, ...],
    row: int,
    rng: random.Random,
    sample: NameSample,
) -> Step[None]:
    pairs = [(party, nobody_like(scene.parties[party].username, rng)) for party in parties]
    order = [tuple(rng.sample(pair, 2)) for _ in range(row) for pair in pairs]
    names = tuple(name for pair in order for name in pair)
    found = yield from TryNames(form=form, names=names)
    sample.url, sample.ended = found.url, found.reason or ("" if found.made else "no answer came")
    for name, reaction in zip(names, found.made, strict=False):
        if reaction.held_off:
            tries = len(sample.known) + len(sample.unknown)
            sample.ended = f"the app held off after {tries} tries"
            return
        (sample.known if name in KNOWN else sample.unknown).append(reaction)


def nobody_like(username: str, rng: random.Random) -> str:
    """A name of the same form that nobody has: the part before the @ made up, the domain kept.

    A number keeps its length and begins with nines, which are given out last.
    """
    local, joint, domain = username.partition("@")
    if local.isdecimal():
        made_up = "9" * (len(local) - 4) + "".join(
            rng.choice(string.digits) for _ in range(min(4, len(local)))
        )
    else:
        made_up = "".join(rng.choice(string.ascii_lowercase) for _ in range(max(10, len(local))))
    return f"{made_up}{joint}{domain}"

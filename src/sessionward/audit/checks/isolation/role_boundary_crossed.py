"""What only a higher role may see is shown to an account of a lower role that asks for it.

Why: hiding the link is no lock; a patient who knows the address works with the tools of a doctor or an administrator.
Proof: an account of a lower role asks for the addresses that only the higher role's pages lead to; an answer holds
texts that only the higher role was shown, and either other addresses beside it are refused, or they speak of the higher
role themselves, or the texts are private ones of another account.
"""

from __future__ import annotations

from collections.abc import Iterator

from sessionward.audit.check import (
    Check,
    Detection,
    Disturbance,
    Outcome,
    Severity,
    failed,
    passed,
    story,
    suspected,
)
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    Tried,
    counted,
    experiment,
    meant_for_higher,
    places,
    reach_up,
    resident,
)
from sessionward.audit.scene import Scene

HIGHER = ("staff", "administrator")
NONE = (
    "no account of a higher role is known: write a further [[account]] with its role, such as doctor or admin"
)


@experiment
def detect(scene: Scene) -> Detection:
    """Ask, as the lower role, for what only a higher one reaches."""
    parties = [party for party in HIGHER if party in scene.homes]
    if not parties and any(party in scene.parties for party in HIGHER):
        raise CannotTell("the account of a higher role did not get in, or no page shows that it is logged in")
    if not parties:
        raise CannotTell(NONE)
    same = scene.parties["stranger"].role == scene.parties["owner"].role
    lower = yield from resident("stranger" if same else "owner", Guard.OTHER)
    tried = Tried()
    for party in parties:
        yield from reach_up(scene, party, lower, tried)
    return tuple(judged(scene, tried))


def judged(scene: Scene, tried: Tried) -> Iterator[Outcome]:
    """The defect where it is meant_for_higher, else the pass; what may be meant for all is counted there."""
    total = len(tried.shown) + len(tried.partly) + len(tried.refused)
    if found := meant_for_higher(scene, tried):
        yield failed(
            f"Shown to an account of a lower role: what only a higher one reaches, at {counted(found)} of {total}.",
            where=places(found),
        )
    elif tried.naming:
        yield suspected(
            "Shown to an account of a lower role: what only the higher role's pages lead to and what names another "
            f"account, at {counted(tried.naming)} of {total}; nothing else marks it as reserved.",
            where=places(tried.naming),
            severity=Severity.HIGH,
        )
    elif tried.refused:
        open_ones, part = len(tried.shown), len(tried.partly)
        more = f"; {open_ones} more that nothing marks as reserved were shown" if open_ones else ""
        more += f"; of {part} more the frame was shown and most of the rest withheld" if part else ""
        yield passed(
            f"Nothing that only a higher role reaches is shown to a lower one ({counted(tried.refused)} refused, or "
            f"shown without it{more})",
            where=places(tried.refused),
        )
    elif tried.shown:
        raise CannotTell(
            f"{counted(tried.shown)} that only the higher role's pages lead to are shown to the lower one as well, but "
            "nothing marks any of them as reserved"
        )
    elif tried.partly:
        raise CannotTell(
            f"of {counted(tried.partly)} that only the higher role's pages lead to the lower one is shown a part, "
            "and most is withheld: look whether that part is meant for it"
        )
    else:
        raise CannotTell("exploring as the higher role met no address that is its own")


TOLD = story(__doc__)
CHECK = Check(
    id="role-boundary-crossed",
    family="isolation",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-8.2.1", "ASVS-8.3.1", "WSTG-ATHZ-03", "CWE-862", "CWE-269", "HIPAA-164.312(a)(1)"),
    personas=("adversarial", "power user"),
    fix="Ask for the role on the server at every address and every interface of that role, in one place that a whole"
    " group of routes passes; hiding the link is for tidiness only.",
    detect=detect,
    disturbs=frozenset({Disturbance.DATA}),
    uses=frozenset({"owner", "stranger", *HIGHER}),
)

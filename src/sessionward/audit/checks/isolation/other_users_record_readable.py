"""A record of one account is shown to another one that asks for it by its id.

Why: whoever counts up the number in an address, or copies an id from a link, reads other people's records.
Proof: a second account of the same role asks for each record that the app keeps for the first alone; an answer holds
the text that was planted in the first account, or the record's own texts, which nobody without a session is shown.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sessionward.audit.check import Check, Detection, Disturbance, Severity, story
from sessionward.audit.experiment import CannotTell, NotHere, concluded, crossed, experiment
from sessionward.audit.scene import Records, Scene

PARTY = "stranger"
WORKING = re.compile(
    r"doctor|physician|clinician|practitioner|nurse|midwi|therap|pharmac|recept|assistant|staff|team|employee|agent"
    r"|support|secretar|operator|manager|admin|arzt|\u00e4rzt|pfleg|mitarbeit|m\u00e9decin|medecin|m\u00e9dic|medic",
    re.IGNORECASE,
)
"""In the name of a role: people of it work together."""


@experiment
def detect(scene: Scene) -> Detection:
    """Ask for the owner's records as the stranger."""
    owner, stranger = scene.parties["owner"], scene.parties[PARTY]
    if owner.role != stranger.role:
        raise CannotTell(
            f"the two accounts have different roles ({owner.role or 'none'} and {stranger.role or 'none'}), and who of "
            "them may read what is not known: configure two accounts of one role"
        )
    known = scene.records.get(PARTY, Records())
    if not known.named:
        raise NotHere("no request that was seen while exploring names a record by an id")
    if not known.known:
        raise CannotTell(lacking(known))
    known = among_colleagues(known) if WORKING.search(owner.role) else known
    found = yield from crossed(scene, PARTY, known)
    return concluded(found, known, "another account of the same role")


def among_colleagues(known: Records) -> Records:
    """Those who work together may be meant to read the records of each other's patients: that is told, not proven."""
    told = tuple(
        replace(one, evidence="personal") if one.evidence == "record" else one for one in known.known
    )
    return replace(known, known=told)


def lacking(known: Records) -> str:
    """Why none of the requests with an id can be judged."""
    if known.shared == known.named:
        return f"all {known.named} records that were met are offered to both accounts"
    return (
        f"{known.named} requests name a record by an id, but none shows a text that is known to be the owner's alone: "
        "give the owner's account a record of its own, such as a letter or an appointment"
    )


TOLD = story(__doc__)
CHECK = Check(
    id="other-users-record-readable",
    family="isolation",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-8.2.2", "WSTG-ATHZ-04", "CWE-639", "CWE-862", "HIPAA-164.312(a)(1)"),
    personas=("curious", "power user", "adversarial"),
    fix="Load each record through its owner: look for the id among those of the account that is logged in, and answer"
    " 404 for any other.",
    detect=detect,
    disturbs=frozenset({Disturbance.DATA}),
    uses=frozenset({"owner", "stranger"}),
)

"""A record of one tenant is shown to an account of another tenant.

Why: clinics that share an app must not see into each other; one address that forgets to ask for the tenant opens the
patients of all of them.
Proof: an account of another tenant asks for the records of the first one's account by their addresses, with its own
login and, where the tenant is named beside that, with the first tenant's name; an answer holds the records' own texts.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Disturbance, Severity, story
from sessionward.audit.experiment import CannotTell, concluded, crossed, experiment
from sessionward.audit.scene import Records, Scene

NONE = (
    "no account of another tenant is known: write a further [[account]] with the role of the first two, and give each "
    "account its tenant"
)


@experiment
def detect(scene: Scene) -> Detection:
    """Ask for the owner's records as the account of another tenant."""
    party = elsewhere(scene)
    known = scene.records.get(party, Records())
    if not known.known:
        raise CannotTell(
            "the owner's pages show no record, named by an id or by its tenant, whose text is known to be the owner's "
            "alone: give the owner's account one, such as a letter or an appointment"
        )
    found = yield from crossed(scene, party, known)
    return concluded(found, known, "an account of another tenant")


def elsewhere(scene: Scene) -> str:
    """The party in another tenant. Raises CannotTell where there is none."""
    owner = scene.parties["owner"]
    if "neighbour" in scene.homes:
        return "neighbour"
    if "neighbour" in scene.parties:
        raise CannotTell(
            "the account of another tenant did not get in, or no page shows that it is logged in"
        )
    stranger = scene.parties["stranger"]
    if owner.tenant and stranger.tenant and owner.tenant != stranger.tenant and owner.role == stranger.role:
        return "stranger"
    raise CannotTell(NONE)


TOLD = story(__doc__)
CHECK = Check(
    id="other-tenant-reachable",
    family="isolation",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-8.4.1", "WSTG-ATHZ-02", "CWE-668", "CWE-639", "HIPAA-164.312(a)(1)"),
    personas=("business", "adversarial", "power user"),
    fix="Take the tenant from the session, never from the request, and put it into every query in one place, such as a"
    " row-level policy of the database.",
    detect=detect,
    disturbs=frozenset({Disturbance.DATA}),
    uses=frozenset({"owner", "stranger", "neighbour"}),
)

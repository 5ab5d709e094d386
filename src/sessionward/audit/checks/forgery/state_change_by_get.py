"""A link that somebody merely follows changes what the account holds.

Why: links are followed by anybody and anything: a patient who was sent one, a preview, a prefetching browser. Cookies
with SameSite=Lax go along, so no protection against forged forms helps.
Proof: the app's own form changes a field of the owner; a link of another site with the same values behind its address
is followed in the owner's browser; afterwards the app's own page shows the text of the link. It is put back.
"""

from __future__ import annotations

from collections.abc import Iterator

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import Try, as_query, experiment, judged_changes, tried, versions, victim
from sessionward.audit.scene import Scene
from sessionward.http import Request


@experiment
def detect(scene: Scene) -> Detection:
    """Follow a link, and load an image, that hold what the form would send."""
    whose = yield from victim(scene)
    tries = tuple(links((yield from versions(whose))))
    made = yield from tried(whose, tries)
    return judged_changes(
        whose,
        made,
        failed=f"Following a link changed “{whose.action.field}” of the owner",
        passed=f"The values of the form in a link leave “{whose.action.field}” of the owner as it was",
    )


def links(made: tuple[tuple[Request, str], ...]) -> Iterator[Try]:
    """Each version of the request as a link, the first as an image, too."""
    for request, note in made:
        yield Try(request=as_query(request), how="navigate", note=note)
    yield Try(request=as_query(made[0][0]), how="image", note=made[0][1])


TOLD = story(__doc__)
CHECK = Check(
    id="state-change-by-get",
    family="forgery",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.5.3", "WSTG-SESS-05", "CWE-352", "CWE-650", "HIPAA-164.312(c)(1)"),
    personas=("adversarial", "curious"),
    fix="Let GET and HEAD change nothing: route what changes data for POST, PUT, PATCH or DELETE alone, and read its "
    "values from the body, never from the address.",
    detect=detect,
    uses=frozenset({"owner", "stranger"}),
    acts=True,
)

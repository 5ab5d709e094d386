"""A page of another site can change what the account holds.

Why: whoever brings a logged-in patient to open a page changes the address, the emergency contact or the appointment,
and neither the patient nor the clinic sees where it came from.
Proof: the app's own form changes a field of the owner; a page of another site, in the owner's browser, sends the same
with a text of its own; afterwards the app's own page shows that text. The former text is put back.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import (
    FORMS,
    Altering,
    NotHere,
    Try,
    Victim,
    experiment,
    flat,
    judged_changes,
    media_type,
    tried,
    versions,
    victim,
)
from sessionward.audit.scene import Scene
from sessionward.http import Request


@experiment
def detect(scene: Scene) -> Detection:
    """Let another site send what the owner's own page sends, without its token and with the attacker's own."""
    whose = yield from victim(scene)
    made_up = yield from versions(whose)
    tries = [one for request, note in made_up for one in ways(request, note)]
    made = yield from tried(whose, tries)
    refuse_unasked(whose, made)
    return judged_changes(
        whose,
        made,
        failed=f"Another site changed “{whose.action.field}” of the owner",
        passed=f"What another site sends leaves “{whose.action.field}” of the owner as it was",
    )


def ways(request: Request, note: str) -> tuple[Try, ...]:
    """By a form where one can send it; else by a script, and as a plain form, which some apps take as well."""
    if request.method == "GET":
        return (Try(request=request, how="navigate", note=note),)
    if request.method == "POST" and (media_type(request) in FORMS or not request.body):
        return (Try(request=request, how="form", note=note),)
    script = Try(request=request, how="fetch", note=note)
    plain = flat(request) if request.method == "POST" else None
    return (script, Try(request=plain, how="form", note=note)) if plain else (script,)


def refuse_unasked(whose: Victim, made: Sequence[Altering]) -> None:
    """Raise NotHere where the browser asked for leave first, was given none, and no plain form does the same."""
    asked = [one for one in made if one.what.how == "fetch"]
    if not asked or any(one.seen.sent or one.seen.changed for one in asked) or made[-1].seen.changed:
        return
    if any(one.trouble for one in made if one.seen.sent):
        return
    plain = any(one.what.how == "form" for one in made)
    also = ", and the same as a plain form changes nothing" if plain else ""
    raise NotHere(
        f"{whose.action.id} is taken only in a form that browsers ask leave for first (CORS preflight), which another "
        f"site was not given when it tried ({asked[0].seen.reason.rstrip('.')}){also}"
    )


TOLD = story(__doc__)
CHECK = Check(
    id="cross-site-form-accepted",
    family="forgery",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-3.5.1", "WSTG-SESS-05", "CWE-352", "HIPAA-164.312(c)(1)"),
    personas=("adversarial", "business"),
    fix="Put a token that is bound to the session into every form and refuse a request without it; refuse requests "
    "whose Origin or Sec-Fetch-Site header names another site; set SameSite=Lax or Strict on the session cookie.",
    detect=detect,
    uses=frozenset({"owner", "stranger"}),
    acts=True,
)

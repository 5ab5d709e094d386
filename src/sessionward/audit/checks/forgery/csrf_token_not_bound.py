"""The token against forged requests is not checked, or not bound to the session.

Why: a token that anybody can leave out, invent or fetch for himself protects nobody; where browsers send the cookie
along after all, the forged request goes through.
Proof: the app's own request with its token changes a field of the owner; the same without the token, with an invented
one, with one of another account, or with one of another session changes it as well, although the request says, as
browsers make it say, that another site sends it. The former text is put back.
"""

from __future__ import annotations

import random
from dataclasses import replace

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, story
from sessionward.audit.experiment import (
    Altering,
    NotHere,
    Step,
    Try,
    Victim,
    action_of,
    experiment,
    is_named,
    judged_changes,
    parts_of,
    require_cookie,
    sent_from,
    tokens_of,
    tried,
    victim,
    with_values,
    without,
)
from sessionward.audit.probe import foreign_origin
from sessionward.audit.scene import Scene
from sessionward.http.token import scramble


@experiment
def detect(scene: Scene) -> Detection:
    """Send the app's own request with each wrong token, beside the browser, so that the cookie surely goes along.

    It bears the headers of another site's request: an app that goes by those first needs no token of its own pages.
    """
    if not scene.actions:
        require_cookie(scene)
    action = action_of(scene)
    if not any(is_named(key) for key in action.secrets):
        raise NotHere(
            f"{action.id}, which changes “{action.field}”, carries no token against forgery; whether another site can "
            "send it is judged by cross-site-form-accepted"
        )
    whose = yield from victim(scene, needs_cookie=False)
    elsewhere = foreign_origin(scene.start, "other")
    tries = yield from wrong_tokens(scene, whose)
    made = yield from tried(whose, [replace(one, request=sent_from(one.request, elsewhere)) for one in tries])
    return judged(whose, made)


def wrong_tokens(scene: Scene, whose: Victim) -> Step[tuple[Try, ...]]:
    """The request without its tokens, with invented ones, with the other account's, with those of another session."""
    own = {part.key: part.value for part in parts_of(whose.request) if part.key in whose.action.secrets}
    rng = random.Random(scene.seed)
    invented = {key: scramble(value, rng) for key, value in own.items()}
    strangers = yield from tokens_of(whose.action, "stranger")
    others = yield from tokens_of(whose.action, "owner")
    tries = [Try(request=without(whose.request, own), how="own", note=" without the token")]
    for values, note in (
        (invented, " with an invented token"),
        (strangers, " with the token of another account"),
        (others, OTHER_SESSION),
    ):
        if values:
            tries.append(Try(request=with_values(whose.request, values), how="own", note=note))
    return tuple(tries)


OTHER_SESSION = " with the token of another session of the same account"


def judged(whose: Victim, made: tuple[Altering, ...]) -> Outcome:
    """The verdict; a token that is bound to the account and only not to the session is the lesser evil."""
    text = "A request with a wrong token against forgery is accepted"
    hit = made[-1]
    if hit.seen.changed and hit.what.note == OTHER_SESSION:
        return failed(f"{text} ({hit.what.told}).", where=whose.where, severity=Severity.LOW)
    return judged_changes(
        whose, made, failed=text, passed="Requests of another site with a wrong token are refused"
    )


TOLD = story(__doc__)
CHECK = Check(
    id="csrf-token-not-bound",
    family="forgery",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.5.1", "WSTG-SESS-05", "CWE-352"),
    personas=("adversarial",),
    fix="Make the token random for each session, keep it (or a keyed hash that covers the session) on the server, "
    "compare it in constant time, and refuse a request that lacks it.",
    detect=detect,
    uses=frozenset({"owner", "stranger"}),
    acts=True,
)

"""The app tells whether an account of that name exists.

Why: who knows which addresses have an account at a clinic knows who its patients are, and whose passwords to guess.
Proof: names that have an account and made-up ones are sent by turns, with a wrong password and to have the password
reset; what the app says, or how long it takes, tells the two kinds apart each time.
"""

from __future__ import annotations

from collections.abc import Iterator

from sessionward.audit.check import (
    Check,
    Detection,
    Disturbance,
    Outcome,
    Place,
    Severity,
    failed,
    inconclusive,
    passed,
    story,
)
from sessionward.audit.experiment import (
    Guard,
    NameSample,
    experiment,
    login_sample,
    positive,
    reset_sample,
    resident,
    said_apart,
    time_apart,
)
from sessionward.audit.scene import Scene

UNTRIED = "registering was not tried, as it would create accounts"


@experiment
def detect(scene: Scene) -> Detection:
    """Send known and unknown names to the login and to the form for a forgotten password."""
    session = yield from resident("owner", Guard.POSITIVE)
    yield from positive(scene, session.tokens)
    login = yield from login_sample(scene)
    reset = yield from reset_sample(scene)
    found = tuple(apart(scene, login, reset))
    return found or judged(login, reset)


def apart(scene: Scene, login: NameSample, reset: NameSample) -> Iterator[Outcome]:
    """What tells the two kinds apart, by what is said and by the time."""
    for sample, what in ((login, "Logging in with a wrong password"), (reset, "Asking for a new password")):
        said = said_apart(sample.known, sample.unknown) if sample.told else ""
        if said:
            text = f"{what} tells whether the account exists: {said}."
            yield failed(text, where=(Place(method="POST", url=sample.url),))
    if said_apart(login.known, login.unknown) or not login.timed:
        return
    known, unknown = ([one.seconds for one in kind] for kind in (login.known, login.unknown))
    if gap := time_apart(known, unknown, seed=scene.seed):
        slower = "with an account takes longer than one without" if gap > 0 else "without one takes longer"
        text = f"The time of a refused login tells whether the account exists: a name {slower}"
        measured = f"by {abs(gap) * 1000:.0f} ms in the middle of {len(known)} tries each"
        yield failed(f"{text}, {measured}.", where=(Place(method="POST", url=login.url),))


def judged(login: NameSample, reset: NameSample) -> Outcome:
    """The pass, with what could not be compared; inconclusive where nothing could."""
    where = (Place(method="POST", url=login.url),)
    if not login.told:
        return inconclusive(
            f"known and unknown names could not be compared: {login.ended or 'no answer came'}"
        )
    notes = [UNTRIED]
    if not reset.told:
        notes.append(f"no password reset was compared: {reset.ended or 'no answer came'}")
    if not login.many or not login.timed:
        notes.append(f"times were not compared: {login.ended or 'each try needs a browser'}")
    tries = len(login.known) + len(login.unknown)
    return passed(
        f"Names with and without an account are answered alike ({tries} tries to log in; {'; '.join(notes)})",
        where=where,
    )


TOLD = story(__doc__)
CHECK = Check(
    id="account-enumeration",
    family="credentials",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-6.3.8", "WSTG-IDNT-04", "CWE-204", "CWE-208"),
    personas=("adversarial",),
    fix="Say the same for a wrong name and a wrong password, and check a password hash in both cases so that both take "
    "as long; answer every request for a new password alike, and send the mail later.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    uses=frozenset({"owner", "stranger"}),
    last=True,
)

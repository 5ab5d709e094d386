"""Scripts of other sites may read the account's private data.

Why: any page that a logged-in patient opens reads the record in the background and sends it wherever it likes.
Proof: a browser is logged in as the owner; a script of another origin asks for a private address with the browser's
cookies and is handed the answer, in which the owner's own markers stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, passed, story, suspected
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    Leave,
    NotHere,
    Step,
    asked_by_browsers,
    enter,
    experiment,
    leave_given,
    must_be_refused,
    place,
    shown,
)
from sessionward.audit.observation import Readout, Session
from sessionward.audit.probe import Origin, ReadAcross
from sessionward.audit.scene import Scene

MOST = 12  # more addresses are not asked: such leave is given for whole apps
ORIGINS: tuple[Origin, ...] = ("other", "lookalike", "null")


@experiment
def detect(scene: Scene) -> Detection:
    """Ask each private address in the name of other origins; where one is given leave, let a browser read it."""
    known = tuple(asked_by_browsers(scene))[:MOST]
    if not known and scene.renewing:
        raise CannotTell(
            f"no private address is opened by cookies alone by GET; whether scripts of other origins may read how "
            f"{scene.renewing[0].channel} is traded for a token was not tried, as that may use it up: look whether "
            "that answer has Access-Control-Allow-Credentials"
        )
    if not known:
        raise NotHere(
            "no private address is opened by cookies alone by GET, so a foreign script adds nothing to it"
        )
    victim = yield from enter("owner", keep=True)
    yield from shown(scene, victim, Guard.POSITIVE)
    given: list[Leave] = []
    for one in known:
        for origin in ORIGINS:
            leave = yield from leave_given(scene, victim, one, origin)
            given += [leave] if leave else []
    heard: Readout | None = None
    for leave in given or [Leave(exchange=known[0], origin="other")]:
        heard = yield from ReadAcross(session=victim, exchange=leave.exchange, origin=leave.origin)
        if heard.shows == "owner":
            yield from must_be_refused(scene, victim.tokens)
            return read(leave)
    if not given:
        reason = f" {heard.reason.rstrip('.')}." if heard and heard.reason else ""
        text = (
            f"No other origin may read private data with the browser's cookies ({len(known)} addresses asked)"
        )
        return passed(f"{text}.{reason}", where=tuple(map(place, known)))
    return (yield from kept_back(scene, victim, given, heard))


def read(leave: Leave, note: str = "", severity: Severity | None = None) -> Outcome:
    """The defect, shown in the browser."""
    text = f"A script of {leave.whose} read the owner's private data with the owner's cookies.{note}"
    return failed(text, where=(place(leave.exchange),), severity=severity)


def kept_back(scene: Scene, victim: Session, given: Sequence[Leave], heard: Readout | None) -> Step[Outcome]:
    """Leave was given to anybody, and only the cookies' SameSite kept them back: pages of the same site still read."""
    first = given[0]
    why = heard.reason.rstrip(".") if heard and heard.reason else "the browser kept the cookies back"
    if (yield from leave_given(scene, victim, first.exchange, "sibling")) is not None:
        near = Leave(exchange=first.exchange, origin="sibling")
        seen = yield from ReadAcross(session=victim, exchange=near.exchange, origin=near.origin)
        if seen.shows == "owner":
            yield from must_be_refused(scene, victim.tokens)
            note = f" The app gives leave to {first.whose} as well; there {why}."
            return read(near, note, Severity.MEDIUM)
    text = f"The app gives {first.whose} leave to read private data with cookies; {why}."
    return suspected(text, where=(place(first.exchange),), severity=Severity.MEDIUM)


TOLD = story(__doc__)
CHECK = Check(
    id="cors-exposes-private-data",
    family="forgery",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-3.4.2", "WSTG-CLNT-07", "CWE-346", "CWE-942", "HIPAA-164.312(a)(1)"),
    personas=("adversarial",),
    fix="Answer with Access-Control-Allow-Origin only for origins on a fixed list, compared as a whole, never with the "
    "Origin of the request itself or null; send Access-Control-Allow-Credentials only to those; add Vary: Origin.",
    detect=detect,
    uses=frozenset({"owner", "stranger"}),
)

"""Why an app could not be calibrated, in one sentence for a person, with how to mend it."""

from __future__ import annotations

from collections import Counter

from sessionward.audit.calibrate.material import Material
from sessionward.audit.calibrate.oracle import Refusal
from sessionward.audit.calibrate.words import stands_in_any

SAME = (
    "The two accounts are one and the same person ({name}), so nobody's session can be told from another's; "
    "configure two different accounts."
)
NOTHING = (
    "After logging in the app gave no page and no data that can be requested again, so there is nothing to tell "
    "a logged-in browser by; check that the login really took effect, or help it with [login] in the configuration."
)
ONE_SIDED = (
    "Answers tell the owner from an anonymous visitor, but none of them also names the other account, so the two "
    "cannot be told apart; check that the second account can log in and sees a page of its own."
)
ROTATING = (
    "Every answer of the app replaces {names} and the former value dies at once, so that a repeated request uses "
    "up its own session; audit a setup in which a session keeps its token for more than one request."
)
SPENT = (
    "No answer that tells the accounts apart was found among the first {requests} requests; "
    "see to it that the pages after the login name the account, for example by its e-mail address."
)
MENDING: dict[Refusal, str] = {
    Refusal.IMPOSTOR: (
        "The browser of the second account is shown the first account; check that the two accounts are different "
        "people and that the second one's login really works."
    ),
    Refusal.ECHO: (
        "What the app shows of the first account is only what its own cookie says, so it proves no login; "
        "give the test accounts an e-mail address or a full name in their profile."
    ),
    Refusal.UNSTABLE: (
        "The private pages found change with every request and hold no lasting text about the account; "
        "fill in the profile of the test accounts (name, e-mail address)."
    ),
    Refusal.UNMARKED: (
        "No text on the private pages tells whose they are; fill in the profile of the test accounts "
        "(name, e-mail address) so that it shows after logging in."
    ),
    Refusal.WEAK: (
        "The private pages found name neither account; fill in the profiles of the two test accounts "
        "(name, e-mail address) so that they show after logging in."
    ),
    Refusal.SHARED: (
        "Both accounts are shown the same everywhere, so they cannot be told apart; fill in the profiles of the two "
        "test accounts (name, e-mail address) so that their pages differ."
    ),
    Refusal.BROKEN: (
        "Without a valid token the app fails with an error of its own instead of refusing, so a dead session cannot "
        "be told from a broken server; look into the app's log and mend that first."
    ),
    Refusal.UNSURE: (
        "Which tokens carry the session could not be settled, because the same tokens gave different answers; "
        "make sure that nobody else uses the test accounts meanwhile and try again."
    ),
    Refusal.OPEN: (
        "The app shows the first account's data without any login token, so being logged in cannot be told from being "
        "logged out; it may know browsers by their network address, or keep the session in the path of its addresses."
    ),
    Refusal.DEAD: (
        "Requests made again with the same tokens were not answered as in the browser; the app may have ended the "
        "session or bind it to the browser: try again, and if it stays so, audit a setup without that binding."
    ),
    Refusal.PUBLIC: (
        "Everything that the first account is shown after logging in is shown to anybody; the login may not have taken "
        "effect: check the account's password, or help the login with [login] in the configuration."
    ),
}
"""What tells most about the app comes first."""

INCIDENTAL = frozenset({Refusal.OPEN, Refusal.DEAD})
"""Happens to single addresses of sound apps as well: the reason only where most were so."""


def same_person(material: Material) -> str:
    """The reason where both accounts have one username, else empty."""
    owner, stranger = material.known.get("owner", ()), material.known.get("stranger", ())
    if owner and stranger and owner[0].casefold() == stranger[0].casefold():
        return SAME.format(name=owner[0])
    return ""


def reason_for(refusals: Counter[Refusal], material: Material) -> str:
    """The reason where no candidate told four visitors apart."""
    met = [refusal for refusal in MENDING if refusals[refusal]]
    if Refusal.IMPOSTOR in met and _stranger_was_named(material):
        met.remove(Refusal.IMPOSTOR)
    met.sort(key=lambda refusal: refusal in INCIDENTAL and refusals[refusal] * 2 < refusals.total())
    return MENDING[met[0]] if met else NOTHING


def _stranger_was_named(material: Material) -> bool:
    known = material.known_of("stranger")
    return any(
        stands_in_any(known, exchange.text)
        for exchange in material.stranger.exchanges
        if exchange.request.safe
    )

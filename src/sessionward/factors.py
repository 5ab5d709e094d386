"""Ways to prove who somebody is, by short names; passwords, which need an extra, are `sessionward.argon2`."""

from sessionward.session.factors.attempts import Attempts, Span
from sessionward.session.factors.factor import Challenge, Disproved, Factor, Proved, Response
from sessionward.session.factors.recovery_codes import RecoveryCodes, Sheet
from sessionward.session.factors.totp import Totp, TotpSecret
from sessionward.session.stores.drive import drive, drive_async

__all__ = [
    "Attempts",
    "Challenge",
    "Disproved",
    "Factor",
    "Proved",
    "RecoveryCodes",
    "Response",
    "Sheet",
    "Span",
    "Totp",
    "TotpSecret",
    "drive",
    "drive_async",
]

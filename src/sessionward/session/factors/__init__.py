"""Ways to prove who somebody is, for a login, an unlock or a step-up."""

from sessionward.session.factors.argon2_password import Passwords, Unsuitable
from sessionward.session.factors.attempts import Attempts, Span
from sessionward.session.factors.factor import Challenge, Disproved, Factor, Proved, Response
from sessionward.session.factors.recovery_codes import RecoveryCodes, Sheet
from sessionward.session.factors.totp import Totp, TotpSecret

__all__ = [
    "Attempts",
    "Challenge",
    "Disproved",
    "Factor",
    "Passwords",
    "Proved",
    "RecoveryCodes",
    "Response",
    "Sheet",
    "Span",
    "Totp",
    "TotpSecret",
    "Unsuitable",
]

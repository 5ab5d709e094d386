"""Codes on paper for who has lost the other factor, each good once."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

from sessionward.session.call import ConsumeOnce, Steps
from sessionward.session.factors.factor import Challenge, Disproved, Proved, Response
from sessionward.session.state import Subject

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing on paper is taken for something else."""
LENGTH = 24
"""Characters of a code: 120 bits. NIST SP 800-63B-4 lets codes of 112 bits and more be kept under a plain hash."""
GROUP = 4
LIKENESSES = str.maketrans("OIL", "011")
PURPOSE = "recovery code"
REMEMBERED = 10 * 365 * 86400.0
"""Seconds for which the store knows that a code was used, should the app go on keeping it."""

Digests = frozenset[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """New codes: `codes` are shown once, `digests` are kept."""

    codes: tuple[str, ...] = field(repr=False)
    digests: Digests = field(repr=False)


class RecoveryCodes:
    """The factor `recovery code`; `kept` are the digests of the codes that are left.

    After one was used, `Proved.replace` are those that are left then, and the app tells the subject of it (NIST SP
    800-63B-4). An app that does not save them is still safe: the store knows which were used.
    """

    @property
    def name(self) -> str:
        """See `Factor.name`."""
        return "recovery code"

    def new(self, number: int = 10) -> Sheet:
        """That many new codes, to be kept instead of all older ones.

        Raises:
            ValueError: number is less than 1.

        """
        if number < 1:
            raise ValueError("A sheet has at least one recovery code.")
        plain = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(number)]
        codes = tuple("-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP)) for code in plain)
        return Sheet(codes=codes, digests=frozenset(_digest(code) for code in plain))

    def begin(self, subject: Subject, kept: Digests | None, now: float) -> Challenge:
        """See `Factor.begin`."""
        del subject, kept, now
        return Challenge(shown={})

    def finish(
        self, subject: Subject, kept: Digests | None, response: Response, now: float
    ) -> Steps[Proved[Digests] | Disproved]:
        """See `Factor.finish`."""
        typed = re.sub(r"[\s-]", "", response.text[:256]).upper().translate(LIKENESSES)
        given = _digest(typed)
        matches = [digest for digest in kept or () if hmac.compare_digest(digest, given)]
        if not matches:
            return Disproved.WRONG
        first: bool = yield ConsumeOnce(
            purpose=PURPOSE, key=given, owner=subject, until=now + REMEMBERED, now=now
        )
        if not first:
            return Disproved.USED
        return Proved(method=self.name, replace=frozenset(kept or ()) - {given})


def _digest(code: str) -> bytes:
    return hashlib.sha256(b"recovery code " + code.encode("utf-8", "replace")).digest()

"""The headers of one answer, from the settings and what the app answered."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sessionward.session.headers.amend import CONTENT, Amendment, amend, is_document, may_be_shared
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy

NONCE_BYTES = 16
NOT_MODIFIED = 304
CLEAR = "clear-site-data"


def policies_of(given: HeaderPolicies | HeaderPolicy | None) -> HeaderPolicies:
    """What is given as policies: those, one for all routes, or the strict default."""
    if isinstance(given, HeaderPolicies):
        return given
    return HeaderPolicies(base=given or HeaderPolicy())


@dataclass(slots=True, kw_only=True)
class Dressing:
    """An answer to come. `nonce` is what its scripts must bear, empty where the policy goes by no nonce.

    `ended` is set once the answer ends a session.
    """

    policy: HeaderPolicy
    nonce: str
    secure: bool
    ended: bool = False

    @classmethod
    def begin(cls, policies: HeaderPolicies, path: str, *, secure: bool) -> "Dressing":
        """For a request to `path`, which came over TLS if it is `secure`.

        The nonce has the 128 random bits that CSP Level 3 asks for in section 2.3.1.
        """
        policy = policies.of(path)
        by_nonce = policy.content is not None and policy.content.nonce
        return cls(
            policy=policy,
            nonce=secrets.token_urlsafe(NONCE_BYTES) if by_nonce else "",
            secure=secure or policies.behind_tls,
        )

    def amendment(self, status: int, present: Mapping[str, tuple[str, ...]]) -> Amendment:
        """What becomes of the app's headers, `present` by names in small letters with all their values.

        A cache would show one nonce to many, so what it may keep gets a policy without it. "Not modified" gets no
        new policy: the page that the browser kept bears the nonce of the policy that it kept.
        """
        shared = may_be_shared(present.get("cache-control", ()))
        document = is_document(next(iter(present.get("content-type", ())), None))
        ours = self.policy.headers(None if shared else self.nonce, document=document, secure=self.secure)
        if status == NOT_MODIFIED:
            ours = [pair for pair in ours if not pair[0].lower().startswith(CONTENT)]
        if self.ended and self.policy.clear:
            ours.append(("Clear-Site-Data", ", ".join(f'"{what}"' for what in self.policy.clear)))
        return amend(present, ours)

"""What a refused client is told: the WWW-Authenticate header (RFC 9449, sections 7.1 and 9)."""

import re

from sessionward.session.dpop.device_key import KINDS

QUOTABLE = re.compile(r"[\x20-\x21\x23-\x5B\x5D-\x7E]*")
"""What RFC 6750, section 3, lets stand in a quoted value of such a challenge."""


def challenge(error: str | None = None, description: str | None = None, *, realm: str | None = None) -> str:
    """The value of WWW-Authenticate, with the algs that a proof may use.

    `error` is a code such as invalid_token or that of a `ProofRefused`; None where nothing was presented at all.

    Raises:
        ValueError: a part holds what cannot be quoted.

    """
    parts = {"realm": realm, "error": error, "error_description": description, "algs": " ".join(KINDS)}
    for name, value in parts.items():
        if value is not None and QUOTABLE.fullmatch(value) is None:
            raise ValueError(f"The {name} of a challenge is printable ASCII without quotes and backslashes.")
    return "DPoP " + ", ".join(f'{name}="{value}"' for name, value in parts.items() if value is not None)

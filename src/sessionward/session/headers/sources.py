"""What may stand in a content security policy: sources that are spelled out, and nothing that lets all in."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from sessionward.session.policy import PolicyError

HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/_-]{43,88}={0,2}'")
SELF = "'self'"
SCRIPT_KEYWORDS = frozenset({"'wasm-unsafe-eval'", "'report-sample'"})
LOCAL_SCHEMES = frozenset({"data:", "blob:", "mediastream:"})
SCHEMES = frozenset({"https", "wss"})
LOOPBACK_SCHEMES = frozenset({"http", "ws"})
LOOPBACKS = frozenset({"localhost", "127.0.0.1", "::1"})
HOST_SOURCE = re.compile(r"[a-z]+://[A-Za-z0-9.\[\]:_-]+(?:/[A-Za-z0-9._~/-]*)?")


def checked_list(what: str, values: Iterable[str]) -> tuple[str, ...]:
    """`values`, which are a list of texts. Raises PolicyError for a text."""
    if isinstance(values, str):
        raise PolicyError(f"{what} is the text {values!r}, and must be a list.")
    return tuple(values)


def check_sources(what: str, sources: Iterable[str], *, local: bool = False, inline: bool = False) -> None:
    """Check where pictures, styles or answers to scripts may come from.

    With `local` also from what scripts made in the page, with `inline` by the hash of what stands in it.

    Raises:
        PolicyError: a source lets in anything, is sent in the clear or is none.

    """
    for source in checked_list(what, sources):
        made_here = (local and source in LOCAL_SCHEMES) or (inline and HASH.fullmatch(source) is not None)
        if source != SELF and not made_here:
            _check_host(what, source)


def check_scripts(scripts: Iterable[str], *, nonce: bool) -> None:
    """Check what besides the nonce lets a script run.

    Raises:
        PolicyError: a source would let an injected script run, or means nothing beside a nonce.

    """
    for source in checked_list("scripts", scripts):
        if source in SCRIPT_KEYWORDS or HASH.fullmatch(source):
            continue
        if source in {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'"}:
            raise PolicyError(
                f"scripts has {source}, which lets an injected script run: use the nonce or a hash."
            )
        if source.startswith("'nonce-"):
            raise PolicyError("scripts has a nonce, and must not: one is made for each answer.")
        if nonce:
            raise PolicyError(
                f"scripts has {source!r}, which counts for nothing beside a nonce: drop one of them."
            )
        if source != SELF:
            _check_host("scripts", source)


def _check_host(what: str, source: str) -> None:
    if "*" in source or source.removesuffix(":") in SCHEMES | LOOPBACK_SCHEMES:
        raise PolicyError(f"{what} has {source!r}, which lets in whole parts of the net: name the hosts.")
    parts = urlsplit(source) if HOST_SOURCE.fullmatch(source) else None
    if parts is None:
        raise PolicyError(
            f"{what} has {source!r}, and must hold sources such as 'self' in its quotes or https://x.org."
        )
    loopback = parts.hostname in LOOPBACKS and parts.scheme in LOOPBACK_SCHEMES
    if parts.scheme not in SCHEMES and not loopback:
        raise PolicyError(f"{what} has {source!r}, which travels in the clear: use https or wss.")

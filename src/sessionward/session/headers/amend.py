"""How our headers and those that the app set itself become one answer.

What the app set stays, unless it is weaker than ours. A content security policy of the app's that lets injected
scripts run stays too, and ours is added: browsers hold a page to both.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sessionward.session.headers.header_policy import Pairs

CONTENT = "content-security-policy"
MAX_AGE = re.compile(r"(?:^|;)\s*max-age\s*=\s*\"?(\d+)", re.IGNORECASE)
LEAKY_REFERRERS = frozenset(
    {"unsafe-url", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin", ""}
)
SHARED = re.compile(r"(?:^|[,\s])(?:public|s-maxage\s*=\s*\"?[1-9]\d*)", re.IGNORECASE)
UNSHARED = re.compile(r"(?:^|[,\s])(?:private|no-store)(?=$|[,\s;=])", re.IGNORECASE)
DOCUMENTS = (
    "text/html",
    "application/xhtml+xml",
    "image/svg+xml",
    "text/xml",
    "application/xml",
    "javascript",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What becomes of an answer's headers: those named in `drop`, in small letters, go; those in `add` come."""

    drop: frozenset[str]
    add: Pairs


def amend(present: Mapping[str, tuple[str, ...]], ours: Pairs) -> Amendment:
    """What `ours` change about the app's headers, `present` by names in small letters with all their values."""
    if KNOWN.isdisjoint(present):
        return Amendment(drop=frozenset(), add=ours)
    drop: set[str] = set()
    add: Pairs = []
    for name, value in ours:
        key = name.lower()
        theirs = present.get(key, ())
        if theirs and key not in WEAKER and key != CONTENT:
            continue
        if theirs and key == CONTENT and not lets_scripts_in(theirs):
            continue
        if theirs and key in WEAKER and not WEAKER[key](theirs, value):
            continue
        add.append((name, value))
        if key != CONTENT:
            drop.add(key)
    return Amendment(drop=frozenset(drop), add=add)


def is_document(content_type: str | None) -> bool:
    """Whether an answer of this type may run scripts: pages and pictures that hold markup, and workers' scripts."""
    return content_type is None or any(kind in content_type.lower() for kind in DOCUMENTS)


def may_be_shared(cache_control: tuple[str, ...]) -> bool:
    """Whether a cache between server and browser is told to show the answer to several people (RFC 9111, 5.2.2)."""
    said = ",".join(cache_control)
    return SHARED.search(said) is not None and UNSHARED.search(said) is None


def lets_scripts_in(policies: tuple[str, ...]) -> bool:
    """Whether content security policies, taken together, leave an injected script free to run."""
    return all(_is_open(policy) for value in policies for policy in value.split(","))


def _is_open(policy: str) -> bool:
    directives: dict[str, list[str]] = {}
    for text in policy.lower().split(";"):
        name, *sources = text.split() or [""]
        directives.setdefault(name, sources)
    scripts = directives.get("script-src", directives.get("default-src"))
    if scripts is None:
        return True
    spelled_out = any(source.startswith(("'nonce-", "'sha")) for source in scripts)
    return ("'unsafe-inline'" in scripts and not spelled_out) or any(
        source in {"*", "http:", "https:", "data:"} and "'strict-dynamic'" not in scripts
        for source in scripts
    )


def _not(*good: str) -> Callable[[tuple[str, ...], str], bool]:
    """Weaker is what says none of `good`, or says two things."""

    def weaker(theirs: tuple[str, ...], _: str) -> bool:
        said = {value.strip().lower() for value in theirs}
        return len(said) != 1 or not said <= {*good}

    return weaker


def _shorter(theirs: tuple[str, ...], ours: str) -> bool:
    """Only the first of several counts (RFC 6797, section 8.1)."""
    wanted, found = MAX_AGE.search(ours), MAX_AGE.search(theirs[0])
    return found is None or (wanted is not None and int(found[1]) < int(wanted[1]))


def _leaky(theirs: tuple[str, ...], _: str) -> bool:
    """The last word that a browser knows counts (W3C Referrer Policy, section 8.1)."""
    return ",".join(theirs).split(",")[-1].strip().lower() in LEAKY_REFERRERS


WEAKER: Mapping[str, Callable[[tuple[str, ...], str], bool]] = {
    "x-content-type-options": _not("nosniff"),
    "x-frame-options": _not("deny", "sameorigin"),
    "strict-transport-security": _shorter,
    "referrer-policy": _leaky,
    "cross-origin-opener-policy": lambda theirs, _: theirs[0].partition(";")[0].strip() == "unsafe-none",
}
"""When a header of the app's is weaker than ours, and yields. Those that are not listed never yield."""

KNOWN = frozenset(
    {
        *WEAKER,
        CONTENT,
        f"{CONTENT}-report-only",
        "clear-site-data",
        "cross-origin-embedder-policy",
        "cross-origin-resource-policy",
        "permissions-policy",
        "reporting-endpoints",
    }
)
"""All headers of ours. Most answers of most apps hold none of them."""

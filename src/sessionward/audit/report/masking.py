"""The last look before anything is written: no value of a header that carries a login stands in a report.

The engine redacts by exact value. It cannot know a token that a server handed out unasked in the very answer shown,
so here the headers themselves decide, whatever stands in them.
"""

from __future__ import annotations

import re

HIDDEN = "‹hidden›"
_NAMES = "authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-auth-token"
_CARRIED = re.compile(
    rf"""
    # {{"Cookie": "…"}}
      (?P<entry>(?P<q1>['"])(?:{_NAMES})(?P=q1)\s*:\s*(?P<q2>['"])) (?P<in_entry>.*?) (?=(?P=q2))
    # curl -b '…'
    | (?P<option>(?:-b|--cookie|-u|--user)\s+(?P<q3>['"])) (?P<in_option>.*?) (?=(?P=q3))
    # curl -H 'Cookie: …'
    | (?P<argument>(?P<q4>['"])(?:{_NAMES})\s*:\s*) (?P<in_argument>.*?) (?=(?P=q4))
    # Cookie: …
    | (?P<line>(?<![\w-])(?:{_NAMES})\s*:[^\S\n]*) (?P<in_line>[^\n]*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SCHEME = re.compile(
    r"(?P<scheme>(?:Bearer|Basic|Digest|Token|ApiKey|Negotiate)\s+)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite", "priority"})
_HARMLESS = re.compile(r"‹[^›]*›|\$\{?\w+\}?|<[\w -]+>|…|deleted|.{0,5}")
"""What may stand as a value: a mark of the redactor, a placeholder, or what is too short to be a token."""


def masked(text: str) -> str:
    """``text`` with the values of login-carrying headers hidden; marks, placeholders and attributes are kept."""
    return _CARRIED.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    kind = next(name for name in ("entry", "option", "argument", "line") if found[name] is not None)
    name, value = found[kind].lower(), found[f"in_{kind}"]
    if "cookie" in name or name.startswith("-b"):
        return found[kind] + ";".join(_pair(part, number) for number, part in enumerate(value.split(";")))
    return found[kind] + _credentials(value)


def _credentials(value: str) -> str:
    split = _SCHEME.fullmatch(value.strip())
    scheme, rest = (split["scheme"] or "", split["rest"]) if split else ("", value)
    return scheme + (rest if _HARMLESS.fullmatch(rest) else HIDDEN)


def _pair(part: str, number: int) -> str:
    name, equals, value = part.partition("=")
    keep = (number and name.strip().lower() in _ATTRIBUTES) or _HARMLESS.fullmatch(value.strip())
    return part if keep or not equals else f"{name}={HIDDEN}"

"""Redaction by exact value: every secret that was minted or given is known, so it is replaced wherever it stands.

Matching names ("password=", "Set-Cookie:") misses prose, JSON and encodings; matching values does not.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus, unquote

from sessionward.http.token import fingerprint

GIVEN = "‹password›"
SHORTEST = 6
"""Values shorter than this are not replaced: they would eat ordinary words. Passwords are replaced at any length."""
WORDY = 8
"""Passwords shorter than this ("demo", "y") are replaced where they stand alone, and not in the middle of a word."""


class Redactor:
    """Replaces known secrets in any text by ``‹token 1a2b3c4d›`` or ``‹password›``."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}
        self._ordered: tuple[tuple[str, str], ...] | None = None

    def add(self, value: str, *, kind: str = "token") -> None:
        """Know one more secret, in the encodings in which it may turn up."""
        if not value or (kind == "token" and len(value) < SHORTEST):
            return
        mark = f"‹{kind} {fingerprint(value)}›" if kind == "token" else f"‹{kind}›"
        for form in _forms(value, deep=kind == "token"):
            self._marks.setdefault(form, mark)
        self._ordered = None

    def add_all(self, values: Iterable[str], *, kind: str = "token") -> None:
        """Know several."""
        for value in values:
            self.add(value, kind=kind)

    def __call__(self, text: str) -> str:
        """``text`` with every known secret replaced, longest first."""
        if self._ordered is None:
            self._ordered = tuple(sorted(self._marks.items(), key=lambda item: -len(item[0])))
        for secret, mark in self._ordered:
            if secret in text:
                text = _replaced(text, secret, mark)
        return text


def _replaced(text: str, secret: str, mark: str) -> str:
    if len(secret) < WORDY and secret.isalnum() and mark == GIVEN:
        return re.sub(rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])", mark, text)
    return text.replace(secret, mark)


def _forms(value: str, *, deep: bool) -> set[str]:
    forms = {value, quote(value, safe=""), quote_plus(value), unquote(value), html.escape(value)}
    forms.add(json.dumps(value)[1:-1])
    if deep:
        forms.add(base64.b64encode(value.encode()).decode().rstrip("="))
    return {form for form in forms if form}

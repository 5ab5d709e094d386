"""Form tokens that an attacker gets for himself: a form's hidden fields, taken fresh from a page of his own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode

from sessionward.http import Exchange, Request

URLENCODED = "application/x-www-form-urlencoded"


class _Hidden(HTMLParser):
    """The hidden fields of a page, name by name; the first of a name counts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        field = dict(attrs)
        name, value = field.get("name"), field.get("value")
        if tag == "input" and (field.get("type") or "").lower() == "hidden" and name and value:
            self.found.setdefault(name, value)


def hidden_fields(recorded: Iterable[Exchange]) -> dict[str, str]:
    """The hidden fields of the pages among what was recorded; a later page wins."""
    found: dict[str, str] = {}
    for exchange in recorded:
        if exchange.response is not None and "html" in (exchange.response.header("content-type") or ""):
            page = _Hidden()
            page.feed(exchange.text)
            found |= page.found
    return found


def with_fresh_tokens(request: Request, used: Iterable[Exchange], fresh: Iterable[Exchange]) -> Request:
    """The request with the values of hidden fields, as they were in ``used``, replaced by those in ``fresh``.

    A token that is good for one use only is used up by whoever sent the request first, which would look like a
    protection against forging; an attacker simply opens the form again. Bodies that are no plain form stay as they are.
    """
    if not (request.header("content-type") or "").lower().startswith(URLENCODED) or not request.body:
        return request
    old, new = hidden_fields(used), hidden_fields(fresh)
    pairs = parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True)
    renewed = list(_renewed(pairs, old, new))
    return request if renewed == pairs else replace(request, body=urlencode(renewed).encode())


def _renewed(
    pairs: Iterable[tuple[str, str]], old: dict[str, str], new: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for name, value in pairs:
        yield name, new[name] if name in new and old.get(name) == value else value

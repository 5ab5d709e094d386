"""What stands inside a token that is no secret: layers of encoding, opened without a key, and put back together.

A cookie may hold a JWT, percent-encoded; that holds JSON; that holds an e-mail address. Each text met on the way is a
``Leaf`` with its path; ``put`` gives the whole token with another text in that place and all else as it was.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

DEEPEST = 7
MOST = 400
"""More leaves than these are data, not a token."""
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{6,}={0,2}")
SHORT = re.compile(r"[A-Za-z0-9+/_-]{4}")
"""Three letters in base64, such as a short login name; other four characters rarely give three letters or digits."""
HEX = re.compile(r"(?:[0-9a-fA-F]{2}){3,}")
SEPARATORS = ("|", "&", "--", ":", ";", ",", ".", "~", "!", "$", "#", "-", "_")
NAMED = re.compile(r"([A-Za-z_][\w.\[\]-]*)=(?!=|\.|--)(.*)", re.DOTALL)
"""Not the padding of base64 with a signature behind it, as in ``cGF5bG9hZA==--5f2c``."""
RUN = re.compile(rb"[\x20-\x7e]{8,}")
"""So many letters in a row are a text somebody wrote: by chance one stands in a thousand bytes now and then."""
UNZIPPED = 65_536

Path = tuple[str, ...]
Put = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A text inside a token. ``path`` says how it was reached; ``put`` writes another one into its place."""

    path: Path
    text: str = field(repr=False)
    put: Put = field(repr=False)

    @property
    def name(self) -> str:
        """The last name on its path that somebody gave it, empty where it has none."""
        named = [step.partition(" ")[2] for step in self.path if step.startswith(("json ", "named "))]
        return named[-1].rpartition("/")[2] if named else ""


def leaves(value: str) -> tuple[Leaf, ...]:
    """Every text that can be read in the value, itself first."""
    found: list[Leaf] = []
    for leaf in _opened(Leaf(path=(), text=value, put=lambda new: new)):
        found.append(leaf)
        if len(found) >= MOST:
            break
    return tuple(found)


def exchanged(value: str, texts: Mapping[Path, str]) -> str | None:
    """The value with other texts at these paths; None where one of them is not in it."""
    for path, text in texts.items():
        leaf = next((leaf for leaf in leaves(value) if leaf.path == path), None)
        if leaf is None:
            return None
        value = leaf.put(text)
    return value


def _opened(leaf: Leaf) -> Iterator[Leaf]:
    yield leaf
    if len(leaf.path) >= DEEPEST or not leaf.text:
        return
    for codec in CODECS:
        inner = tuple(codec(leaf.text))
        for step, text, put in inner:
            if text != leaf.text:
                yield from _opened(Leaf(path=(*leaf.path, step), text=text, put=_through(leaf.put, put)))
        if inner:
            return


def _through(outer: Put, inner: Put) -> Put:
    return lambda new: outer(inner(new))


Inner = Iterator[tuple[str, str, Put]]


def _percent(text: str) -> Inner:
    if "%" in text and (plain := unquote(text)) != text:
        yield "percent", plain, lambda new: quote(new, safe="")


def _quoted(text: str) -> Inner:
    """A cookie's value in double quotes (RFC 6265, section 4.1.1); a JSON text alone is not meant."""
    if len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1].replace('\\"', ""):  # noqa: PLR2004
        plain = text[1:-1].replace('\\"', '"').replace("\\054", ",")
        yield "quoted", plain, lambda new: '"' + new.replace('"', '\\"').replace(",", "\\054") + '"'


def _prefixed(text: str) -> Inner:
    """Express writes ``s:`` before a signed cookie and ``j:`` before one that is JSON."""
    if text[:2] in {"s:", "j:"} and len(text) > 2:  # noqa: PLR2004
        yield "prefix", text[2:], lambda new: text[:2] + new


def _json(text: str) -> Inner:
    if text[:1] not in {"{", "["}:
        return
    try:
        whole = json.loads(text)
    except ValueError:
        return
    compact = ": " not in text and ", " not in text
    for path, scalar in scalars(whole):
        shown = scalar if isinstance(scalar, str) else json.dumps(scalar)
        yield f"json {'/'.join(map(str, path))}", shown, _json_put(text, path, compact=compact)


def _json_put(text: str, path: tuple[str | int, ...], *, compact: bool) -> Put:
    def put(new: str) -> str:
        whole = json.loads(text)
        at: Any = whole
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = new if isinstance(at[path[-1]], str) else _scalar(new)
        return json.dumps(whole, separators=(",", ":") if compact else None)

    return put


def _scalar(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def scalars(whole: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every text, number and truth value in a JSON value, with the way to it."""
    if isinstance(whole, dict):
        for key, part in whole.items():
            yield from scalars(part, (*path, key))
    elif isinstance(whole, list):
        for number, part in enumerate(whole):
            yield from scalars(part, (*path, number))
    elif whole is not None and path:
        yield path, whole


def _base64(text: str) -> Inner:
    short = SHORT.fullmatch(text) is not None
    if not (short or BASE64.fullmatch(text)) or text.isdecimal():
        return
    padded, url = text.endswith("="), "-" in text or "_" in text or not ("+" in text or "/" in text)
    try:
        raw = _decoded(text)
    except (ValueError, binascii.Error):
        return
    plain = _printable(raw)
    if plain is not None and (not short or (plain.isascii() and plain.isalnum())):
        yield "base64", plain, lambda new: _encoded(new.encode(), padded=padded, url=url)
    elif "--" not in text:
        yield from _runs(text, raw, lambda made: _encoded(made, padded=padded, url=url))


def _runs(text: str, raw: bytes, encode: Callable[[bytes], str]) -> Inner:
    """The texts in what a language wrote as bytes: Ruby's Marshal, Java's, pickles. Their length is told beside them,
    so that only a text of the same length can take their place; any other leaves all as it is."""
    for number, found in enumerate(RUN.finditer(raw)):
        begin, end = found.span()
        yield f"run {number}", found[0].decode(), _run_put(text, raw, (begin, end), encode)


def _run_put(text: str, raw: bytes, at: tuple[int, int], encode: Callable[[bytes], str]) -> Put:
    begin, end = at

    def put(new: str) -> str:
        made = new.encode()
        return encode(raw[:begin] + made + raw[end:]) if len(made) == end - begin else text

    return put


def _decoded(text: str) -> bytes:
    body = text.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)


def _encoded(raw: bytes, *, padded: bool, url: bool) -> str:
    text = (base64.urlsafe_b64encode if url else base64.b64encode)(raw).decode()
    return text if padded else text.rstrip("=")


def _zipped(text: str) -> Inner:
    """A dot, then base64 of compressed text: how Flask and Django shorten a signed session."""
    body, rest = _parted(text)
    if not text.startswith(".") or not BASE64.fullmatch(body):
        return
    try:
        plain = _printable(zlib.decompressobj().decompress(_decoded(body), UNZIPPED))
    except (ValueError, binascii.Error, zlib.error):
        return
    if plain is not None:
        yield (
            "zipped",
            plain,
            lambda new: "." + _encoded(zlib.compress(new.encode()), padded=False, url=True) + rest,
        )


def _parted(text: str) -> tuple[str, str]:
    """The compressed part after the dot, and what follows it."""
    found = re.match(r"\.([A-Za-z0-9_-]*)(.*)", text, re.DOTALL)
    return (found[1], found[2]) if found else ("", "")


def _hex(text: str) -> Inner:
    if (
        HEX.fullmatch(text)
        and not text.isdecimal()
        and (plain := _printable(bytes.fromhex(text))) is not None
    ):
        yield "hex", plain, lambda new: new.encode().hex()


def _split(text: str) -> Inner:
    if text.startswith("."):
        return
    for separator in SEPARATORS:
        parts = text.split(separator)
        if len(parts) > 1:
            for number, part in enumerate(parts):
                yield f"part {number} by {separator}", part, _split_put(parts, number, separator)
            return


def _split_put(parts: list[str], number: int, separator: str) -> Put:
    return lambda new: separator.join([*parts[:number], new, *parts[number + 1 :]])


def _named(text: str) -> Inner:
    if (found := NAMED.fullmatch(text)) and "&" not in text and "|" not in text and not text.endswith("="):
        yield f"named {found[1]}", found[2], lambda new: f"{found[1]}={new}"


def _printable(raw: bytes) -> str | None:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    return text if len(text) > 2 and all(c.isprintable() or c in "\r\n\t" for c in text) else None  # noqa: PLR2004


CODECS: tuple[Callable[[str], Inner], ...] = (
    _percent,
    _quoted,
    _prefixed,
    _json,
    _zipped,
    _hex,
    _base64,
    _named,
    _split,
)
"""Tried in this order; the first that opens a text is the only one, as the others would only see its shell."""

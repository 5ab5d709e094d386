"""What a file holds: its text where that is simple to get, and a digest that two downloads of it have in common."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from hashlib import sha256

from sessionward.http import Response

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")
ESCAPED = re.compile(rb"\\([()\\])")
OF_THE_MOMENT = re.compile(
    rb"/ID\s*\[.*?\]|/(?:CreationDate|ModDate)\s*\(.*?\)|<xmp:(?:Create|Modify|Metadata)Date>.*?</|"
    rb"<xmpMM:\w+>.*?</|uuid:[0-9a-fA-F-]{36}",
    re.DOTALL,
)
"""What a PDF says of the moment at which it was made (ISO 32000-1, sections 14.3 and 14.4): another each time."""
LARGEST = 4_000_000


def digest(response: Response) -> str:
    """Of the bytes, for a PDF without what says when it was made."""
    body = response.body
    if is_pdf(response):
        body = OF_THE_MOMENT.sub(b"", body)
    return sha256(body).hexdigest()


def is_pdf(response: Response) -> bool:
    """By its first bytes, whatever it is called."""
    return response.body[:5] == b"%PDF-"


def is_blank_table(response: Response) -> bool:
    """Whether it is comma-separated values with names of columns at most, as exports are that found nothing."""
    lines = [line for line in response.text.splitlines() if line.strip()] if _is_csv(response) else ["", ""]
    return len(lines) <= 1


def _is_csv(response: Response) -> bool:
    return response.media_type in {"text/csv", "application/csv", "text/tab-separated-values"}


def text_in(response: Response) -> str:
    """The text of a text file; of a PDF the strings that it shows, where its fonts are encoded plainly."""
    if not is_pdf(response):
        kind = response.media_type
        textual = kind.startswith("text/") or any(word in kind for word in ("json", "xml", "csv"))
        return response.text if textual else ""
    return " ".join(
        ESCAPED.sub(rb"\1", found[1]).decode("latin-1")
        for content in _streams(response.body)
        for found in STRING.finditer(content)
    )


def _streams(body: bytes) -> Iterator[bytes]:
    for found in STREAM.finditer(body):
        try:
            yield zlib.decompressobj().decompress(found[1], LARGEST)
        except zlib.error:
            yield found[1]

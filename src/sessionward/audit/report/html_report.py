"""``report.html``: one page that needs nothing else, for people.

Rule: what an app answered is hostile text. Everything is escaped, and the page's own policy forbids it to load, send
or run anything but what was written here.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sessionward.audit.report.cited import LookUp
from sessionward.audit.report.page import page
from sessionward.audit.report.record import Record
from sessionward.audit.report.terms import CONFIDENCES, count, duration, listed, sentence, tallied
from sessionward.standards import requirement
from sessionward.version import VERSION

FILE_NAME = "report.html"
TEMPLATES = Path(__file__).with_name("templates")


def render_html(record: Record, look_up: LookUp = requirement) -> bytes:
    """The page. ``look_up`` finds a requirement by its id and raises LookupError where there is none."""
    style, script = (_text(name) for name in ("style.css", "script.js"))
    text = (
        _environment()
        .get_template("report.html.j2")
        .render(
            page=page(record, look_up),
            version=VERSION,
            style=style,
            script=script,
            policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
            "base-uri 'none'; form-action 'none'",
        )
    )
    return text.encode()


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(sentence=sentence, tallied=tallied)
    environment.globals.update(count=count, duration=duration, listed=listed, CONFIDENCES=CONFIDENCES)
    return environment


@functools.cache
def _text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The source expression that allows exactly this inline text (Content Security Policy 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

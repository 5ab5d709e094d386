"""Text of an app inside Markdown (CommonMark, and GitHub's own additions): it stays text, whatever it holds."""

from __future__ import annotations

import re

from sessionward.audit.report.terms import printable

_SIGNS = re.compile(r"[\\`*_\[\]|~#!]")
_LONGEST_FENCE = re.compile(r"`{3,}")


def plain(text: str) -> str:
    """``text`` in one line in which nothing is a sign: no markup, table cell, link, mention, emoji or HTML.

    Entities stand where a backslash would not do: addresses and mentions are recognised without any markup.
    """
    line = " ".join(printable(text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SIGNS.sub(r"\\\g<0>", line)
    line = re.sub(r"^([-+=]|\d+[.)])", r"\\\1" if line[:1] in "-+=" else r"&#8288;\1", line)
    return line.replace("://", "&#58;//").replace("www.", "www&#46;").replace("@", "@&#8288;")


def code(text: str) -> str:
    """``text`` as a code span; not for a table, where a bar ends the cell even in code."""
    line = " ".join(printable(text).split())
    if not line:
        return ""
    marks = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{marks}{pad}{line}{pad}{marks}"


def code_block(text: str, language: str = "") -> str:
    """``text`` as a block of code, its fence longer than any within."""
    fence = "`" * max((len(run) + 1 for run in _LONGEST_FENCE.findall(text)), default=3)
    body = "\n".join(printable(line) for line in text.rstrip("\n").split("\n"))
    return f"{fence}{language}\n{body}\n{fence}"

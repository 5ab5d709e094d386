"""The checks as rules of a SARIF log (SARIF 2.1.0, section 3.49), with the weaknesses that they show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sessionward.audit.check import Check, Severity
from sessionward.audit.report.cited import LookUp, Standard, cited, demands
from sessionward.audit.report.fixes import Fix, fixes_of
from sessionward.audit.report.markdown_text import code_block, plain
from sessionward.audit.report.terms import sentence

LEVELS = {
    Severity.INFO: "note",
    Severity.LOW: "note",
    Severity.MEDIUM: "warning",
    Severity.HIGH: "error",
    Severity.CRITICAL: "error",
}
SCORES = {Severity.LOW: "3.0", Severity.MEDIUM: "5.5", Severity.HIGH: "8.0", Severity.CRITICAL: "9.5"}
"""``security-severity`` as code scanning reads it: the middle of the band of each word in CVSS; none for a remark."""
CWE = "CWE"


def rule(check: Check, look_up: LookUp) -> dict[str, Any]:
    """A check as a reporting descriptor."""
    standards = [one for one in cited(demands(check.requirements), look_up) if one.link]
    weaknesses = _weaknesses(check)
    score = {"security-severity": SCORES[check.severity]} if check.severity in SCORES else {}
    return {
        "id": check.id,
        "name": "".join(word.capitalize() for word in check.id.split("-")),
        "shortDescription": {"text": message(check.title)},
        "fullDescription": {"text": message(f"{sentence(check.title)} {sentence(check.why)}")},
        "help": {"text": message(_help(check)), "markdown": message(_help_in_markdown(check, standards))},
        "defaultConfiguration": {"level": LEVELS[check.severity]},
        "properties": {
            "tags": [
                "security",
                check.family,
                *(f"external/cwe/{name.lower()}" for name in weaknesses),
                *(name for name in demands(check.requirements) if name not in weaknesses),
            ],
            "precision": "very-high",
            **score,
        },
        "relationships": [
            {
                "target": {"id": name.removeprefix("CWE-"), "toolComponent": {"name": CWE}},
                "kinds": ["relevant"],
            }
            for name in weaknesses
        ],
    }


def taxonomy(checks: Iterable[Check], look_up: LookUp) -> dict[str, Any]:
    """The weaknesses that the rules relate to."""
    names = sorted({name for check in checks for name in _weaknesses(check)}, key=lambda name: int(name[4:]))
    taxa = [_taxon(one) for one in cited(names, look_up)]
    return {"name": CWE, "organization": "MITRE", "taxa": taxa}


def message(text: str) -> str:
    """``text`` for a message string: braces and what would be taken for a link stand for themselves.

    Source: SARIF 2.1.0, sections 3.11.5 (braces are doubled) and 3.11.6 (``[text](target)`` is a link).
    """
    return text.replace("{", "{{").replace("}", "}}").replace("](", "]\u2060(")


def _weaknesses(check: Check) -> list[str]:
    return [name for name in check.requirements if name.startswith("CWE-") and name[4:].isdecimal()]


def _taxon(one: Standard) -> dict[str, Any]:
    known = {"shortDescription": {"text": message(one.title)}, "helpUri": one.link} if one.link else {}
    return {"id": one.id.removeprefix("CWE-"), **known}


def _help(check: Check) -> str:
    return f"{sentence(check.why)}\n\nHow it is shown: {sentence(check.proof)}\n\nHow to fix it: {sentence(check.fix)}"


def _help_in_markdown(check: Check, standards: Iterable[Standard]) -> str:
    parts = [
        plain(sentence(check.why)),
        f"**How it is shown.** {plain(sentence(check.proof))}",
        f"**How to fix it.** {plain(sentence(check.fix))}",
        *(_snippet(fix) for fix in fixes_of(check.id)),
        "\n".join(f"- {plain(one.id)}: {plain(one.title)} <{one.link}>" for one in standards),
    ]
    return "\n\n".join(part for part in parts if part)


def _snippet(fix: Fix) -> str:
    return f"**{fix.framework}**\n\n{code_block(fix.code, fix.language)}"

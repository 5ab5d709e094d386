"""The shape of ``report.json``, schema ``sessionward.report/1``. Scripts outside the project rely on it.

Rule: keys may be added within a version, never renamed, removed or given another meaning.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from sessionward.audit.check import Confidence, Severity, Verdict

SCHEMA = "sessionward.report/1"
Seconds = Annotated[float, Meta(description="Seconds.", ge=0)]


class Timeout(msgspec.Struct, kw_only=True, frozen=True):
    """When sessions were seen to end: alive after the first figure, dead after the second; null: not seen so."""

    alive_after: Seconds | None
    dead_after: Seconds | None


class AccountEntry(msgspec.Struct, kw_only=True, frozen=True):
    """Whether a configured account got in, and if not, why."""

    authenticated: bool
    reason: str


class PlaceEntry(msgspec.Struct, kw_only=True, frozen=True):
    """Where in the app."""

    method: str
    url: str


class StepEntry(msgspec.Struct, kw_only=True, frozen=True):
    """One probe, without secrets. ``control`` names the control it was, empty for the experiment itself.

    ``shows`` says whose data came back; ``seconds`` counts from the beginning of the check.
    """

    probe: str
    party: str
    request: str
    response: str
    shows: str
    control: str
    seconds: float


class OutcomeEntry(msgspec.Struct, kw_only=True, frozen=True):
    """One conclusion of one check.

    ``confidence`` is null unless ``outcome`` is failed. ``severity`` is how bad the defect is where it is real,
    whatever the outcome. ``reproduce`` holds no secret. ``runs`` is how often the whole experiment was made, 0 where
    it was not. ``fingerprint`` stays the same from audit to audit for the same check at the same kinds of addresses;
    ``known`` is true where the baseline had confirmed the same defect.
    """

    check: str
    title: str
    family: str
    outcome: Verdict
    confidence: Confidence | None
    severity: Severity
    message: str
    personas: tuple[str, ...]
    where: tuple[PlaceEntry, ...]
    requirements: tuple[str, ...]
    evidence: tuple[StepEntry, ...]
    reproduce: str
    why: str
    fix: str
    runs: Annotated[int, Meta(ge=0)]
    seconds: Seconds
    fingerprint: str
    known: bool


class NoteEntry(msgspec.Struct, kw_only=True, frozen=True):
    """Something to know that is no outcome."""

    text: str
    warning: bool


class Report(msgspec.Struct, kw_only=True, frozen=True):
    """The report of one audit.

    ``authenticated`` is true only if owner, other account, anonymous and random token were told apart. ``complete`` is
    false where the audit was stopped or was still going on, and ``reason`` says so. ``requests`` is null until the end.
    ``timeouts`` always has the keys inactivity and absolute. ``policy`` holds the profile and its figures in seconds.
    ``left_alive`` are sessions that could not be ended, ``unrestored`` changes that could not be put back.
    """

    schema: Literal["sessionward.report/1"]
    version: str
    started: str
    target: str
    policy: dict[str, Any]
    seed: int
    seconds: Seconds
    requests: Annotated[int, Meta(ge=0)] | None
    complete: bool
    reason: str
    authenticated: bool
    authentication: str
    accounts: dict[str, AccountEntry]
    coverage: dict[str, Any]
    facts: tuple[str, ...]
    timeouts: dict[str, Timeout]
    outcomes: tuple[OutcomeEntry, ...]
    notes: tuple[NoteEntry, ...]
    left_alive: tuple[str, ...]
    unrestored: tuple[str, ...]


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a report, made from the classes above."""
    made = msgspec.json.schema(Report)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Sessionward audit report ({SCHEMA})",
        **made,
    }


def json_schema_text() -> str:
    """``json_schema`` as the published file ``report.schema.json`` has it."""
    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode() + "\n"

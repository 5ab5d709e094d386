"""In a real browser, each hazard is confirmed by its own check, and nothing else is accused."""

from pathlib import Path

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks import CHECKS
from sessionward.audit.events import Finding
from sessionward.demo import HAZARDS
from tests.contracts.test_catalogue import AWAITED
from tests.truth.batches import BATCHES, PLAYED, Batch, Told, audited, out_of_time
from tests.truth.records import FOLDER, Record, code_of, is_kept, keep

NEVER_ENDS = "absolute-timeout-missing"
"""Twelve hours are not waited for: only where the clinic is set up to end sessions soon can this one be judged."""

NOT_THERE = frozenset(
    {
        "client-controlled-identity",
        "default-signing-key",
        "jwt-expiry-not-enforced",
        "jwt-signature-not-verified",
        "jwt-weak-secret",
    }
    | {"csrf-token-not-bound", "idle-timeout-client-only", "token-survives-login"}
)
"""The sound clinic has opaque tokens that say and sign nothing, and none before a login. Its forms need no token: they
are told apart by where browsers say that they come from; with so short a timeout its pages end nothing."""

BY_HTTP_NOT_THERE = frozenset({"cookie-without-secure", "hsts-missing"})
"""Plain http has neither Secure nor HSTS."""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("batch", PLAYED, ids=lambda batch: f"{batch.name} by {batch.scheme}")
async def test_each_hazard_is_confirmed_by_its_own_check_and_nothing_else_is_accused(
    batch: Batch, tmp_path: Path
) -> None:
    if out_of_time():
        pytest.skip("there is no time left for it; `make truth` plays all of them")
    if FOLDER and is_kept(batch.name, batch.scheme, Path(FOLDER), code_of()):
        pytest.skip("it was played by this very code, and its record is kept")
    told = await audited(batch, tmp_path)
    if FOLDER:
        keep(recorded(batch, told, held=False), Path(FOLDER), code_of())
    said = {one.check.id: f"{one.verdict} {one.confidence or ''}: {one.message}" for one in told.findings}
    assert told.problem == ""
    assert set(said) == set(batch.checks)
    assert told.checks(Verdict.FAILED, Confidence.CONFIRMED) >= batch.proven, said
    assert told.checks(Verdict.FAILED) >= batch.found, said
    assert told.checks(Verdict.FAILED) <= batch.own | set(batch.implied), said
    assert told.checks(Verdict.CRASHED) == frozenset(), said
    assert told.finished.unrestored == ()
    if not batch.hazards:
        nowhere = NOT_THERE if batch.https else NOT_THERE | BY_HTTP_NOT_THERE
        assert told.checks(Verdict.PASSED) == set(batch.checks) - {NEVER_ENDS} - nowhere, said
        assert told.checks(Verdict.INAPPLICABLE) == nowhere, said
        assert told.finished.left_alive == ()
    if FOLDER:
        keep(recorded(batch, told, held=True), Path(FOLDER), code_of())


def worst_last(told: Told) -> list[Finding]:
    """The findings, those of a check that say several things with what failed at the end."""
    return sorted(
        told.findings, key=lambda one: (one.verdict is Verdict.FAILED, one.confidence == "confirmed")
    )


def recorded(batch: Batch, told: Told, *, held: bool) -> Record:
    """What is kept of it."""
    return Record(
        batch=batch.name,
        scheme=batch.scheme,
        hazards=batch.hazards,
        implied=batch.implied,
        said={one.check.id: (str(one.verdict), str(one.confidence or "")) for one in worst_last(told)},
        seconds=told.finished.seconds,
        requests=told.finished.requests,
        held=held,
    )


def test_every_hazard_and_every_check_stands_in_the_matrix() -> None:
    covered = {hazard for batch in BATCHES for hazard in batch.hazards}
    assert covered == {check.id for check in CHECKS}
    assert covered | set(AWAITED) == {hazard.id for hazard in HAZARDS}

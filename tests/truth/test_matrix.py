"""In a real browser, each hazard is confirmed by its own check, and nothing else is accused."""

from pathlib import Path

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks import CHECKS
from sessionward.demo import HAZARDS
from tests.contracts.test_catalogue import AWAITED
from tests.truth.batches import BATCHES, Batch, audited, out_of_time

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
    | {"cookie-without-secure", "hsts-missing"}
    | {"idle-timeout-client-only"}
)
"""The sound clinic has opaque tokens that say and sign nothing, is played over http, and its pages end nothing."""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch.name)
async def test_each_hazard_is_confirmed_by_its_own_check_and_nothing_else_is_accused(
    batch: Batch, tmp_path: Path
) -> None:
    if out_of_time():
        pytest.skip("there is no time left for it; `make truth` plays all of them")
    told = await audited(batch, tmp_path)
    said = {one.check.id: f"{one.verdict} {one.confidence or ''}: {one.message}" for one in told.findings}
    assert told.problem == ""
    assert set(said) == set(batch.checks)
    assert told.checks(Verdict.FAILED, Confidence.CONFIRMED) >= batch.proven, said
    assert told.checks(Verdict.FAILED) >= batch.own, said
    assert told.checks(Verdict.FAILED) <= batch.own | set(batch.implied), said
    assert told.checks(Verdict.CRASHED) == frozenset(), said
    assert told.finished.unrestored == ()
    if not batch.hazards:
        assert told.checks(Verdict.PASSED) == set(batch.checks) - {NEVER_ENDS} - NOT_THERE, said
        assert told.checks(Verdict.INAPPLICABLE) == NOT_THERE, said
        assert told.finished.left_alive == ()


def test_every_hazard_and_every_check_stands_in_the_matrix() -> None:
    covered = {hazard for batch in BATCHES for hazard in batch.hazards}
    assert covered == {check.id for check in CHECKS}
    assert covered | set(AWAITED) == {hazard.id for hazard in HAZARDS}

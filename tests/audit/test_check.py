import pytest

from sessionward.audit.check import Confidence, Severity, Verdict, failed, passed, story, suspected

TOLD = """A door stands open.

Why: somebody may
walk in.
Proof: we walked
through it.
"""


def test_a_docstring_tells_the_defect_why_it_matters_and_how_it_is_proven() -> None:
    told = story(TOLD)
    assert told.title == "A door stands open"
    assert told.why == "somebody may walk in."
    assert told.proof == "we walked through it."


@pytest.mark.parametrize(
    "doc", [None, "", "A door stands open.", "A door.\n\nWhy: it is.\n", "A.\n\nProof: x.\nWhy: y."]
)
def test_a_docstring_that_leaves_out_a_part_is_refused(doc: str | None) -> None:
    with pytest.raises(ValueError, match="docstring"):
        story(doc)


def test_severities_are_ordered() -> None:
    assert [severity.rank for severity in Severity] == [0, 1, 2, 3, 4]


def test_a_suspicion_is_no_proof() -> None:
    assert failed("x").confidence is Confidence.CONFIRMED
    assert suspected("x").confidence is Confidence.SUSPECTED
    assert (passed("x").verdict, passed("x").confidence) == (Verdict.PASSED, None)

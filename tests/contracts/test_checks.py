"""What every check tells of itself is complete and refers to things that exist."""

import pytest

from sessionward.audit.check import Check
from sessionward.audit.checks import CHECKS
from sessionward.standards import requirement

PERSONAS = {
    "accessibility",
    "adversarial",
    "business",
    "curious",
    "elderly",
    "impatient",
    "novice",
    "power user",
    "student",
    "teenager",
}

every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


@every_check
def test_a_check_breaks_requirements_that_exist(check: Check) -> None:
    assert [requirement(one).id for one in check.requirements] == list(check.requirements)
    assert any(one.startswith(("ASVS-", "WSTG-")) for one in check.requirements)


@every_check
def test_a_check_is_set_off_by_known_personas(check: Check) -> None:
    assert check.personas
    assert set(check.personas) <= PERSONAS


@every_check
def test_a_check_tells_its_defect_why_it_matters_and_what_to_do(check: Check) -> None:
    assert check.title[0].isupper()
    assert not check.title.endswith(".")
    for text in (check.why, check.proof, check.fix):
        assert text.endswith(".")
        assert "\n" not in text


@every_check
def test_a_check_stands_in_the_file_of_its_family_and_name(check: Check) -> None:
    room = f"sessionward.audit.checks.{check.family}.{check.id.replace('-', '_')}"
    assert check.detect.__module__ == room


@every_check
def test_a_check_uses_the_account_that_it_disturbs(check: Check) -> None:
    assert check.account in check.uses
    assert check.account in {"owner", "stranger"}

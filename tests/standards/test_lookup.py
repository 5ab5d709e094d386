import re

import pytest

from sessionward.standards.lookup import BY_ID, STANDARDS, UnknownRequirementError, requirement

FORMS = re.compile(
    r"ASVS-\d+\.\d+\.\d+|WSTG-[A-Z]{4}-\d\d|OWASP-A\d\d:20\d\d|CWE-\d+|NIST-63B-\d(\.\d+)+"
    r"|HIPAA-164\.\d+(\([a-z0-9]+\)|\([A-Z]\))+|WCAG-\d\.\d\.\d"
)


def test_a_requirement_is_found_by_its_id() -> None:
    assert requirement("ASVS-7.4.1").title == "A terminated session cannot be used any further"


@pytest.mark.parametrize("name,near", [("ASVS-7.4.12", "ASVS-7.4.1"), ("CWE-0613", "CWE-613")])
def test_an_unknown_id_is_refused_with_the_nearest_known_ones(name: str, near: str) -> None:
    with pytest.raises(
        UnknownRequirementError, match=re.escape(f"no requirement is called '{name}'")
    ) as refusal:
        requirement(name)
    assert near in str(refusal.value)


def test_an_id_like_no_other_is_refused_without_a_guess() -> None:
    with pytest.raises(UnknownRequirementError, match=r"^no requirement is called 'zzz'$"):
        requirement("zzz")


def test_no_id_stands_twice() -> None:
    assert len(BY_ID) == sum(len(standard.REQUIREMENTS) for standard in STANDARDS)


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_each_requirement_has_an_id_of_its_standard_a_title_and_a_link(name: str) -> None:
    entry = BY_ID[name]
    assert FORMS.fullmatch(entry.id)
    assert entry.title.strip() == entry.title != ""
    assert re.fullmatch(r"https://[\w./#%-]+", entry.link.replace("(", "").replace(")", ""))
    assert entry.source

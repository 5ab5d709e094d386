import re

from sessionward.standards.hipaa import REQUIREMENTS


def test_automatic_logoff_is_there_by_its_paragraph() -> None:
    titles = {entry.id: entry.title for entry in REQUIREMENTS}
    assert titles["HIPAA-164.312(a)(2)(iii)"] == "Automatic logoff"


def test_no_number_of_minutes_is_put_into_the_rule_s_mouth() -> None:
    assert not any(re.search(r"\d|minute|hour", entry.title, re.IGNORECASE) for entry in REQUIREMENTS)

from sessionward.standards.wcag import REQUIREMENTS


def test_each_criterion_states_its_level() -> None:
    assert all(entry.title.endswith(("(A)", "(AA)", "(AAA)")) for entry in REQUIREMENTS)


def test_the_criteria_about_time_are_there() -> None:
    assert {"WCAG-2.2.1", "WCAG-2.2.5", "WCAG-2.2.6"} <= {entry.id for entry in REQUIREMENTS}

from sessionward.audit.report.fixes import FRAMEWORKS, fixed_checks, fixes_of


def test_fixes_come_in_one_order_with_their_language() -> None:
    fixes = fixes_of("logout-keeps-token-alive")
    assert [(fix.framework, fix.language) for fix in fixes] == list(FRAMEWORKS.values())


def test_a_third_partys_check_has_none() -> None:
    assert fixes_of("house-rule") == ()


def test_the_checks_with_fixes_are_told_with_their_frameworks() -> None:
    assert fixed_checks()["logout-keeps-token-alive"] == set(FRAMEWORKS)

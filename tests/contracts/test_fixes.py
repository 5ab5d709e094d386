"""Every check has its fix in code for each framework, and no fix is about a check that nobody knows."""

import ast

import pytest

from sessionward.audit.checks import CHECKS
from sessionward.audit.report.fixes import FRAMEWORKS, Fix, fixed_checks, fixes_of

AWAITED = frozenset(
    """
    back-button-shows-private-page clickjackable-action client-controlled-identity
    cookie-sent-cross-site cookie-without-secure cors-exposes-private-data cross-site-form-accepted
    csrf-token-not-bound default-signing-key duplicate-token hsts-missing
    identity-readable-in-token idle-timeout-client-only jwt-expiry-not-enforced jwt-signature-not-verified
    jwt-weak-secret logout-hard-to-find low-entropy-token
    polling-defeats-idle-timeout predictable-token private-page-cacheable
    session-survives-browser-restart state-change-by-get static-token storage-left-after-logout
    token-echoed-in-body token-in-url
    """.split()
)
"""Checks that are planned and whose fixes are written already; a line goes once its check is there."""

LINES, COLUMNS = 15, 115
TOP_LEVEL_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
FIXES = [(check, fix) for check in sorted(fixed_checks()) for fix in fixes_of(check)]

every_fix = pytest.mark.parametrize("check,fix", FIXES, ids=[f"{check}-{fix.key}" for check, fix in FIXES])


@pytest.mark.parametrize("check", [check.id for check in CHECKS])
def test_every_check_has_a_fix_for_each_framework(check: str) -> None:
    assert fixed_checks().get(check) == frozenset(FRAMEWORKS)


def test_no_fix_is_about_a_check_that_nobody_knows() -> None:
    assert set(fixed_checks()) - {check.id for check in CHECKS} <= AWAITED


def test_the_fixes_that_are_written_ahead_are_complete() -> None:
    assert {check: fixed_checks()[check] for check in AWAITED} == dict.fromkeys(
        AWAITED, frozenset(FRAMEWORKS)
    )


@every_fix
def test_a_fix_is_short_enough_to_be_read(check: str, fix: Fix) -> None:
    lines = fix.code.split("\n")
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= COLUMNS
    assert not [line for line in lines if line != line.rstrip() or "\t" in line]


@pytest.mark.parametrize(
    "check,fix",
    [
        (check, fix)
        for check, fix in FIXES
        if fix.language == "python" and not fix.code.startswith(("{#", "{%"))
    ],
    ids=lambda one: one if isinstance(one, str) else one.key,
)
def test_a_fix_in_python_is_python(check: str, fix: Fix) -> None:
    tree = compile(fix.code, check, "exec", ast.PyCF_ONLY_AST | TOP_LEVEL_AWAIT)
    assert isinstance(tree, ast.Module)

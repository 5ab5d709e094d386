from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

from sessionward.session.adapters.django.settings_checks import check_deployment, check_settings
from tests.session.adapters.django_site import MIDDLEWARE, SESSIONWARD

OURS, *OTHERS = MIDDLEWARE
DJANGOS_OWN = "django.contrib.sessions.middleware.SessionMiddleware"


def ids(**changed: Any) -> list[str | None]:
    with override_settings(**changed):
        return [found.id for found in check_settings()]


def test_the_lines_of_the_guide_pass() -> None:
    assert ids() == []
    assert run_checks() == []


def test_settings_that_are_missing_are_said_with_the_line_that_mends_it() -> None:
    with override_settings():
        del settings.SESSIONWARD
        found = check_settings()
    assert [entry.id for entry in found] == ["sessionward.E001"]
    assert 'SESSIONWARD = {"store": "sqlite:///' in found[0].msg


@pytest.mark.parametrize(
    "changed,expected",
    [
        ({"SESSIONWARD": SESSIONWARD | {"polcy": "x"}}, "sessionward.E001"),
        ({"SESSIONWARD": SESSIONWARD | {"policy": "no-such"}}, "sessionward.E002"),
        ({"SESSIONWARD": SESSIONWARD | {"policy": 3}}, "sessionward.E002"),
        ({"SESSIONWARD": SESSIONWARD | {"policy": "/nowhere.toml"}}, "sessionward.E002"),
        ({"SESSION_COOKIE_NAME": "id"}, "sessionward.E003"),
        ({"SESSION_COOKIE_SAMESITE": False}, "sessionward.E003"),
        ({"SESSIONWARD": SESSIONWARD | {"tenant": "no.such"}}, "sessionward.E004"),
        ({"SESSIONWARD": SESSIONWARD | {"role": 3}}, "sessionward.E004"),
        ({"SESSIONWARD": {"policy": "patient-portal"}}, "sessionward.E005"),
        ({"SESSION_ENGINE": "django.contrib.sessions.backends.db"}, "sessionward.E006"),
        ({"MIDDLEWARE": [DJANGOS_OWN, *MIDDLEWARE]}, "sessionward.E007"),
        ({"MIDDLEWARE": OTHERS}, "sessionward.E008"),
        ({"MIDDLEWARE": [*OTHERS[:2], OURS, OTHERS[2]]}, "sessionward.E009"),
        ({"SESSION_COOKIE_AGE": 60}, "sessionward.W001"),
        ({"SESSION_SAVE_EVERY_REQUEST": True}, "sessionward.W001"),
        ({"SESSION_COOKIE_SECURE": False}, "sessionward.W002"),
        ({"SESSION_COOKIE_PATH": "/app"}, "sessionward.W003"),
    ],
)
def test_what_is_wrong_is_found(changed: dict[str, Any], expected: str) -> None:
    assert ids(**changed) == [expected]


def test_what_is_doubtful_in_production_is_found() -> None:
    with override_settings(SESSIONWARD={"store": "memory:"}):
        assert [found.id for found in check_deployment()] == ["sessionward.W004", "sessionward.W005"]
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert check_deployment() == []

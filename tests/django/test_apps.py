from django.conf import settings

from sessionward.django.apps import SessionwardConfig
from tests.session.adapters.django_site import COOKIE


def test_django_finds_the_app_that_the_short_name_stands_for() -> None:
    assert settings.SESSION_COOKIE_NAME == COOKIE
    assert SessionwardConfig.label == "sessionward"

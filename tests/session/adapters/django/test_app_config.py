from django.apps import apps
from django.conf import settings

from sessionward.session.adapters.django.app_config import SessionwardConfig
from tests.session.adapters.django_site import COOKIE


def test_the_app_is_found_by_its_short_name() -> None:
    assert isinstance(apps.get_app_config("sessionward"), SessionwardConfig)


def test_djangos_settings_say_what_the_cookie_is() -> None:
    assert settings.SESSION_COOKIE_NAME == COOKIE
    assert settings.SESSION_COOKIE_SECURE is True
    assert settings.SESSION_COOKIE_HTTPONLY is True

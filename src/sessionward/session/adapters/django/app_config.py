"""The app that stands in INSTALLED_APPS."""

from contextlib import suppress

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register
from django.core.exceptions import ImproperlyConfigured

from sessionward.session.adapters.django.accounts import connect
from sessionward.session.adapters.django.configuration import cookie
from sessionward.session.adapters.django.settings_checks import check_deployment, check_settings


class SessionwardConfig(AppConfig):
    """Listens to accounts and checks the settings. It has no models: sessions are in a store, not in the database."""

    name = "sessionward.session.adapters.django"
    label = "sessionward"
    verbose_name = "Sessions"

    def ready(self) -> None:
        """Connect what listens, and let Django's settings say what is so."""
        register(check_settings)
        register(check_deployment, deploy=True)
        connect()
        with suppress(ImproperlyConfigured):  # the checks tell of it, with all else that is wrong
            tell_the_truth()


def tell_the_truth() -> None:
    """Set what the project leaves open in Django's settings of the session cookie to what the cookie is.

    Django's test client and its deployment checks read them.
    """
    made = cookie()
    truths = {
        "SESSION_COOKIE_NAME": made.name,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    }
    for name, value in truths.items():
        if name == "SESSION_COOKIE_NAME" or not settings.is_overridden(name):
            setattr(settings, name, value)

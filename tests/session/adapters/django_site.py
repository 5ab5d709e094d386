"""A small Django project on the session layer, as an app would be written. Importing this configures Django, once."""

import threading
from typing import Any

import django
from django.conf import settings
from django.core.signals import setting_changed

from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.store import Store

COOKIE = "__Host-session"
NOW = 1_700_000_000.0
CLICK = {"sec-fetch-mode": "navigate", "sec-fetch-user": "?1"}


class Place:
    """The store and the clock that the tests move, and gates at which a request can be held up."""

    def __init__(self) -> None:
        self.anew()

    def anew(self) -> None:
        """As if nothing had happened yet."""
        self.store: Store = MemoryStore()
        self.now = NOW
        self.entered = threading.Event()
        self.go_on = threading.Event()


PLACE = Place()


def the_store() -> Store:
    """The store of the present test."""
    return PLACE.store


def the_time() -> float:
    """The clock of the present test."""
    return PLACE.now


def tenant_of(user: Any) -> str:
    """The tenant is what follows the "@" in a user's name, for a test."""
    return str(user.username).partition("@")[2] or "default"


def role_of(user: Any) -> str | None:
    """Staff and others, for a test."""
    return "staff" if user.is_staff else None


def start_anew() -> None:
    """As if the process had begun now."""
    setting_changed.send(sender=None, setting="SESSIONWARD", value=SESSIONWARD, enter=True)


SESSIONWARD = {
    "store": "tests.session.adapters.django_site.the_store",
    "policy": "patient-portal",
    "tenant": "tests.session.adapters.django_site.tenant_of",
    "role": "tests.session.adapters.django_site.role_of",
    "clock": the_time,
}
MIDDLEWARE = [
    "sessionward.django.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.session.adapters.django_pages",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": "file:django_site?mode=memory&cache=shared",
            }
        },
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.admin",
            "sessionward.django",
        ],
        MIDDLEWARE=MIDDLEWARE,
        SESSION_ENGINE="sessionward.django",
        SESSIONWARD=SESSIONWARD,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        USE_TZ=True,
        STATIC_URL="/static/",
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    )
    django.setup()

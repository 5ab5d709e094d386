"""A small Django project with the middleware under test, set up within whatever settings other tests made."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.test import override_settings


@contextmanager
def project(middleware: list[str], urls: str) -> Iterator[None]:
    """Settings under which `middleware` serves the patterns in the module `urls`."""
    if not settings.configured:
        settings.configure(SECRET_KEY="not secret")
        django.setup()
    backend = "django.template.backends.django.DjangoTemplates"
    with override_settings(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=urls,
        MIDDLEWARE=middleware,
        TEMPLATES=[{"BACKEND": backend, "OPTIONS": {"loaders": []}}],
    ):
        yield

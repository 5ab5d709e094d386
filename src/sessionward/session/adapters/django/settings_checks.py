"""System checks: what in the settings would make sessions weaker, or something else than the settings say."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.core.exceptions import ImproperlyConfigured

from sessionward.session.adapters.django.configuration import callable_of, cookie, policies, table

ENGINE = "sessionward.django"
MIDDLEWARE = "sessionward.django.SessionMiddleware"
DJANGOS_OWN = "django.contrib.sessions.middleware.SessionMiddleware"
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"
WITHOUT_EFFECT: Mapping[str, str] = {
    "SESSION_COOKIE_AGE": 'the policy in SESSIONWARD["policy"] says how long sessions live',
    "SESSION_SAVE_EVERY_REQUEST": "activity is kept apart from the data, and only what changed is written",
    "SESSION_SERIALIZER": "the data is JSON, and nothing else is ever read",
    "SESSION_CACHE_ALIAS": 'the store is in SESSIONWARD["store"]',
    "SESSION_FILE_PATH": 'the store is in SESSIONWARD["store"]',
}
ALWAYS_TRUE = ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_EXPIRE_AT_BROWSER_CLOSE")


def check_settings(**_: Any) -> list[CheckMessage]:
    """What is wrong with the settings."""
    return [*_wrong(), *_out_of_place(), *_contradictions()]


def check_deployment(**_: Any) -> list[CheckMessage]:
    """What is doubtful in production."""
    return list(_not_for_production())


def _wrong() -> Iterator[CheckMessage]:
    parts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("sessionward.E001", table),
        ("sessionward.E002", policies),
        ("sessionward.E003", cookie),
        ("sessionward.E004", lambda: callable_of("tenant", str)),
        ("sessionward.E004", lambda: callable_of("role", str)),
        ("sessionward.E005", _names_a_store),
    )
    for name, part in parts:
        try:
            part()
        except ImproperlyConfigured as error:
            yield Error(str(error), id=name)
            if part is table:
                return


def _names_a_store() -> None:
    if "store" not in table():
        raise ImproperlyConfigured(
            'SESSIONWARD["store"] is missing: sqlite:////var/lib/app/sessions.db, postgresql://…, or a store.'
        )


def _out_of_place() -> Iterator[CheckMessage]:
    installed = list(settings.MIDDLEWARE)
    if settings.SESSION_ENGINE != ENGINE:
        yield Error(
            f'SESSION_ENGINE is {settings.SESSION_ENGINE!r}, and must be "{ENGINE}".', id="sessionward.E006"
        )
    if DJANGOS_OWN in installed:
        yield Error(
            f'MIDDLEWARE has "{DJANGOS_OWN}": put "{MIDDLEWARE}" in its place.',
            id="sessionward.E007",
        )
    if MIDDLEWARE not in installed:
        yield Error(f'MIDDLEWARE has no "{MIDDLEWARE}".', id="sessionward.E008")
        return
    for other in (AUTHENTICATION, MESSAGES):
        if other in installed and installed.index(other) < installed.index(MIDDLEWARE):
            yield Error(f'MIDDLEWARE has "{other}" before "{MIDDLEWARE}".', id="sessionward.E009")


def _contradictions() -> Iterator[CheckMessage]:
    for name, why in WITHOUT_EFFECT.items():
        if settings.is_overridden(name):
            yield Doubt(f"{name} has no effect: {why}.", hint=f"Remove {name}.", id="sessionward.W001")
    for name in ALWAYS_TRUE:
        if not getattr(settings, name) and settings.is_overridden(name):
            yield Doubt(
                f"{name} is False, and the session cookie has that protection all the same.",
                hint="Browsers take it over TLS and, for development, on localhost. Remove the setting.",
                id="sessionward.W002",
            )
    if settings.SESSION_COOKIE_PATH != "/":
        yield Doubt(
            "SESSION_COOKIE_PATH has no effect: paths do not keep apps of one host apart.",
            hint="Give each app a host of its own.",
            id="sessionward.W003",
        )


def _not_for_production() -> Iterator[CheckMessage]:
    store = getattr(settings, "SESSIONWARD", {}).get("store")
    if isinstance(store, str) and store.startswith("memory:"):
        yield Doubt(
            'SESSIONWARD["store"] is in memory: each process has sessions of its own, and a restart ends them all.',
            hint="Use sqlite:////var/lib/app/sessions.db, or postgresql://… for several machines.",
            id="sessionward.W004",
        )
    if not settings.SECURE_SSL_REDIRECT and settings.SECURE_PROXY_SSL_HEADER is None:
        yield Doubt(
            "Nothing here shows that the app is behind TLS, without which browsers drop the session cookie.",
            hint="Set SECURE_SSL_REDIRECT, or SECURE_PROXY_SSL_HEADER where a proxy ends TLS.",
            id="sessionward.W005",
        )

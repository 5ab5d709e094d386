"""The Django apps that `benchmarks/session.py` compares, each served by granian in a process of its own.

    python -m benchmarks.session_django NAME PORT '{"directory": …, "redis": …, "postgres": …}'

The framework's engines save at each request (SESSION_SAVE_EVERY_REQUEST), as an inactivity timeout needs; "unsaved"
is without that.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.session_wsgi import CONTENDER, PLACES, Places, serve


def answer(text: str) -> HttpResponse:
    """An answer whose length is told, so that all servers send it in one piece."""
    return HttpResponse(text, headers={"Content-Length": str(len(text))})


def fixed(request: HttpRequest) -> HttpResponse:
    """What a session costs nothing to answer."""
    return answer("ana")


def me(request: HttpRequest) -> HttpResponse:
    """Answer what the session holds."""
    return answer(request.session["name"])


def begin(request: HttpRequest) -> HttpResponse:
    """Begin a session by writing into it."""
    request.session["name"] = "ana"
    return answer("ana")


def begin_ours(request: HttpRequest) -> HttpResponse:
    """Begin a session of ours by logging in."""
    sessionward = importlib.import_module("sessionward.django")
    sessionward.visit(request).login(sessionward.Subject(tenant="default", id="1"))
    return begin(request)


urlpatterns: list[Any] = []


def ours(name: str, places: Places) -> dict[str, Any]:
    """The settings of our sessions on the store that `name` tells."""
    _, store, *cached = name.split(", ")
    address = f"sqlite:///{places['directory']}/django.db" if store == "sqlite" else str(places[store])
    opened: Any = address
    if cached:
        opened = importlib.import_module("sessionward.session.stores.cached").CachedStore(
            importlib.import_module("sessionward.session.stores.opening").open_store(address)
        )
    return {
        "INSTALLED_APPS": ["django.contrib.contenttypes", "django.contrib.auth", "sessionward.django"],
        "MIDDLEWARE": ["sessionward.django.SessionMiddleware"],
        "SESSION_ENGINE": "sessionward.django",
        "SESSIONWARD": {"store": opened},
    }


def made(name: str, places: Places) -> Any:
    """The app called `name`: bare, or one of the framework's engines."""
    is_ours = name.startswith("ours")
    engine, _, unsaved = name.partition(", ")
    bare = engine == "bare"
    starts = begin_ours if is_ours else begin
    urlpatterns.extend([path("me", fixed if bare else me), path("login", fixed if bare else starts)])
    middleware = "django.contrib.sessions.middleware.SessionMiddleware"
    theirs = {
        "INSTALLED_APPS": ["django.contrib.sessions"],
        "MIDDLEWARE": [] if bare else [middleware],
        "SESSION_ENGINE": f"django.contrib.sessions.backends.{'db' if bare else engine}",
        "SESSION_SAVE_EVERY_REQUEST": not unsaved,
    }
    settings.configure(
        SECRET_KEY="s" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="benchmarks.session_django",
        **(ours(name, places) if is_ours else theirs),
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": places["redis"]}
        },
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(Path(str(places["directory"])) / f"{name.replace(', ', '')}.db"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {"init_command": "PRAGMA journal_mode=wal"},
            }
        },
        LOGGING_CONFIG=None,
    )
    django.setup()
    importlib.import_module("django.core.management").call_command("migrate", run_syncdb=True, verbosity=0)
    return importlib.import_module("django.core.handlers.wsgi").WSGIHandler()


if __name__ == "__main__":
    serve("benchmarks.session_django", *sys.argv[1:])
elif CONTENDER in os.environ:  # in the server's worker
    app = made(os.environ[CONTENDER], json.loads(os.environ[PLACES]))

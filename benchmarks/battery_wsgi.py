"""The battery's WSGI apps: Flask-Session, and Django's session engines."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.battery_parts import Answer, App, Gate, Places, token_in
from sessionward.session.digest import Token
from sessionward.session.stores.redis import RedisStore

Opening = Callable[[Gate], AbstractContextManager[App]]
ENGINES = {
    "cache": "django.core.cache.backends.redis.RedisCache.set",
    "cached_db": "django.core.cache.backends.redis.RedisCache.set",
    "db": "django.contrib.sessions.models.Session.save",
}
"""Django's engines, and the last thing that each does when it saves."""


def asking(app: Any, cookie: str) -> Callable[[str, str], Answer]:
    """How to ask a WSGI `app`, whose token is in `cookie`."""

    def ask(path: str, token: str) -> Answer:
        status: list[str] = []
        cookies: list[str] = []

        def start(line: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            status.append(line)
            cookies.extend(value for name, value in headers if name.lower() == "set-cookie")
            return lambda _: None

        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "battery.example",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.version": (1, 0),
            "wsgi.run_once": False,
        }
        if token:
            environ["HTTP_COOKIE"] = f"{cookie}={token}"
        answer = app(environ, start)
        text = b"".join(answer).decode()
        if hasattr(answer, "close"):
            answer.close()
        body = json.loads(text) if text.startswith("{") else text
        return Answer(status=int(status[0].split()[0]), body=body, token=token_in(cookies, cookie))

    return ask


def paused(gate: Gate, write: Any) -> Any:
    """`write`, before which the gate is."""

    def writing(*values: Any, **named: Any) -> Any:
        gate.wait()
        return write(*values, **named)

    return writing


def routes(app: Any, *, who: Callable[[], str | None], **acts: Callable[[], object]) -> None:
    """Give a Flask `app` its routes, with what is done differently."""
    session = importlib.import_module("flask").session

    def me() -> Any:
        return {
            "who": who(),
            "data": {key: value for key, value in session.items() if isinstance(value, str)},
        }

    def put(key: str, value: str) -> Any:
        session[key] = value
        return {}

    def acting(act: Callable[[], object]) -> Callable[[], Any]:
        def acted() -> Any:
            act()
            return {}

        return acted

    app.add_url_rule("/me", view_func=me)
    app.add_url_rule("/set/<key>/<value>", view_func=put)
    for name, act in acts.items():
        app.add_url_rule(f"/{name}", endpoint=name, view_func=acting(act))


@contextmanager
def ours(name: str, opened: Callable[[], Any], gate: Gate) -> Iterator[App]:
    """Ours on Flask, on the store that `opened` opens."""
    face = importlib.import_module("sessionward.flask")
    ahead = [0.0]
    store = opened()
    store.write = paused(gate, store.write)
    app = importlib.import_module("flask").Flask("battery", static_folder=None)
    face.Sessionward(app, store=store, clock=lambda: time.time() + ahead[0])

    def who() -> str | None:
        subject = face.visit.current().subject
        return None if subject is None else str(subject.id)

    def logout() -> None:
        face.visit.logout()

    def renew() -> None:
        face.visit.reauthenticated()

    def later() -> None:
        ahead[0] += 60

    routes(
        app,
        login=lambda: face.visit.login(face.Subject(tenant="north", id="alice")),
        logout=logout,
        renew=renew,
        who=who,
    )
    yield App(name=name, ask=asking(app, "__Host-session"), chosen=Token.mint().text, later=later)
    store.close()


@contextmanager
def flask_session(places: Places, gate: Gate) -> Iterator[App]:
    """Flask-Session on Redis, as it comes."""
    flask = importlib.import_module("flask")
    peer = importlib.import_module("flask_session")
    client = importlib.import_module("redis").from_url(places["redis"])
    app = flask.Flask("battery")
    app.config.update(SESSION_TYPE="redis", SESSION_REDIS=client)
    peer.Session(app)
    session = flask.session

    def logout() -> None:
        session.clear()

    routes(
        app,
        login=lambda: session.update(user="alice"),
        logout=logout,
        renew=lambda: app.session_interface.regenerate(session),
        who=lambda: session.get("user"),
    )
    interface: Any = app.session_interface
    interface._upsert_session = paused(gate, interface._upsert_session)  # noqa: SLF001 - the last thing it writes
    yield App(name="flask-session", ask=asking(app, "session"), chosen="CHOSENBYSOMEBODY0000")


def configured(places: Places) -> None:
    """Set Django up once, with a user."""
    settings = importlib.import_module("django.conf").settings
    if settings.configured:
        return
    settings.configure(
        SECRET_KEY="s" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="benchmarks.battery_urls",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": places["redis"]}
        },
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(Path(str(places["directory"])) / "django.db"),
                "OPTIONS": {"timeout": 10},
            }
        },
        LOGGING_CONFIG=None,
    )
    importlib.import_module("django").setup()
    importlib.import_module("django.core.management").call_command("migrate", run_syncdb=True, verbosity=0)
    importlib.import_module("django.contrib.auth.models").User.objects.create_user("alice")


@contextmanager
def django(places: Places, engine: str, gate: Gate) -> Iterator[App]:
    """Django with one of its engines."""
    configured(places)
    override = importlib.import_module("django.test.utils").override_settings
    handler = importlib.import_module("django.core.handlers.wsgi").WSGIHandler
    module, _, names = ENGINES[engine].partition(".RedisCache" if "Redis" in ENGINES[engine] else ".Session")
    holder = getattr(
        importlib.import_module(module), "RedisCache" if "Redis" in ENGINES[engine] else "Session"
    )
    name = names.removeprefix(".")
    with (
        override(SESSION_ENGINE=f"django.contrib.sessions.backends.{engine}"),
        patch.object(holder, name, paused_method(gate, getattr(holder, name))),
    ):
        yield App(name=f"django {engine}", ask=asking(handler(), "sessionid"), chosen="chosenbysomebody" * 2)


def paused_method(gate: Gate, method: Any) -> Any:
    """As `paused`, for a method that is put in a class."""

    def writing(self: Any, *values: Any, **named: Any) -> Any:
        gate.wait()
        return method(self, *values, **named)

    return writing


def wsgi_apps(places: Places) -> dict[str, Opening]:
    """How to open each app, by its name."""
    made: dict[str, Opening] = {"flask-session, Redis": partial(flask_session, places)}
    if places["redis"] is not None:
        made["ours, Flask, redis"] = partial(ours, "ours, Flask", partial(RedisStore, places["redis"]))
    made |= {f"django {engine}": partial(django, places, engine) for engine in ENGINES}
    return made

"""The Flask apps that `benchmarks/session.py` compares, each served by granian in a process of its own.

python -m benchmarks.session_flask NAME PORT '{"directory": …, "redis": …, "postgres": …}'
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, session

from benchmarks.session_wsgi import CONTENDER, PLACES, Places, serve
from sessionward.flask import CachedStore, Sessionward, SQLiteStore, Subject, visit


def fixed() -> str:
    """What a session costs nothing to answer."""
    return "ana"


def me() -> str:
    """Answer what the session holds."""
    name: str = session["name"]
    return name


def begin() -> str:
    """Begin a session by writing into it, as apps do on the peers."""
    session["name"] = "ana"
    return "ana"


def begin_ours() -> str:
    """Begin a session of ours by logging in."""
    visit.login(Subject(tenant="north", id="ana"))
    return begin()


def routed(shown: Callable[[], str], begun: Callable[[], str]) -> Flask:
    """An app of the two routes."""
    app = Flask("benchmark", static_folder=None)
    app.secret_key = "s" * 32
    app.add_url_rule("/me", view_func=shown, endpoint="me")
    app.add_url_rule("/login", view_func=begun, endpoint="login")
    return app


def flask_session(places: Places) -> Flask:
    """Flask-Session on Redis, as it comes: it saves at each request, as an inactivity timeout needs."""
    app = routed(me, begin)
    client = importlib.import_module("redis").from_url(places["redis"])
    app.config.update(SESSION_TYPE="redis", SESSION_REDIS=client)
    importlib.import_module("flask_session").Session(app)
    return app


def opened(store: str, places: Places) -> Any:
    """Our store of that name."""
    if store == "sqlite":
        return SQLiteStore(Path(str(places["directory"])) / "flask.db")
    if store == "postgres":
        return importlib.import_module("sessionward.session.stores.postgres").PostgresStore(
            places["postgres"]
        )
    return importlib.import_module("sessionward.session.stores.redis").RedisStore(places["redis"])


def made(name: str, places: Places) -> Flask:
    """The app called `name`."""
    if name == "bare":
        return routed(fixed, fixed)
    if name == "signed cookie":
        return routed(me, begin)
    if name == "flask-session":
        return flask_session(places)
    _, store, *cached = name.split(", ")
    app = routed(me, begin_ours)
    Sessionward(app, store=CachedStore(opened(store, places)) if cached else opened(store, places))
    return app


if __name__ == "__main__":
    serve("benchmarks.session_flask", *sys.argv[1:])
elif CONTENDER in os.environ:  # in the server's worker
    app = made(os.environ[CONTENDER], json.loads(os.environ[PLACES]))

"""What hooks on a Flask app know of the request that is being served."""

from typing import Any

from sessionward.session.adapters.flask import visit
from sessionward.session.adapters.visit import Visit


def request_of(app: Any) -> Any:
    """The request that `app`, a `flask.Flask`, is serving, as its templates know it."""
    return app.jinja_env.globals["request"]


def visit_here() -> Visit | None:
    """What the request does with its session; None on a path that sees none, and under other session interfaces."""
    try:
        return visit.visit
    except RuntimeError:
        return None

import flask

from sessionward.session.adapters.flask import Sessionward
from sessionward.session.adapters.flask_context import request_of, visit_here
from sessionward.session.stores.memory import MemoryStore


def test_the_request_is_the_one_that_is_being_served() -> None:
    app = flask.Flask("clinic")
    with app.test_request_context("/records?a=1"):
        assert request_of(app).path == "/records"


def test_only_under_our_session_interface_there_is_a_visit() -> None:
    app = flask.Flask("clinic")
    with app.test_request_context("/"):
        assert visit_here() is None
    Sessionward(app, store=MemoryStore())
    with app.test_request_context("/"):
        found = visit_here()
        assert found is not None
        assert found.subject is None
    with app.test_request_context("/static/style.css"):
        assert visit_here() is None
    assert visit_here() is None

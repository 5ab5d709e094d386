from flask import Flask

from sessionward.session.adapters.guarded_flask import flask_object_guard
from sessionward.session.guard.ownership import NotYours


def refuse() -> str:
    raise NotYours


def clinic() -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/note", view_func=refuse)
    flask_object_guard(app)
    return app


def test_what_is_anothers_is_answered_as_what_does_not_exist() -> None:
    browser = clinic().test_client()
    note, nothing = browser.get("/note"), browser.get("/nothing")
    assert (note.status_code, note.data) == (nothing.status_code, nothing.data) == (404, nothing.data)


def test_the_apps_own_page_for_it_is_shown() -> None:
    app = clinic()
    app.register_error_handler(404, lambda _: ("Nothing of that kind.", 404))
    browser = app.test_client()
    assert browser.get("/note").data == browser.get("/nothing").data == b"Nothing of that kind."

import flask

from sessionward.session.adapters.flask import Sessionward, visit
from sessionward.session.adapters.flask_headers import flask_clear_site_data, flask_security_headers
from sessionward.session.stores.memory import MemoryStore


def page() -> str:
    return flask.render_template_string("{{ csp_nonce }}")


def log_out() -> flask.wrappers.Response:
    flask_clear_site_data(flask.request)
    return flask.Response(status=204)


def end() -> str:
    visit.logout()
    return "bye"


def test_at_the_end_of_our_own_session_the_browser_forgets_by_itself() -> None:
    app = flask.Flask("clinic")
    Sessionward(app, store=MemoryStore())
    app.add_url_rule("/end", view_func=end, methods=["POST"])
    flask_security_headers(app)
    answer = app.test_client().post("/end", base_url="https://portal.example")
    assert (answer.text, answer.headers["Clear-Site-Data"]) == ("bye", '"storage"')


def test_templates_know_the_nonce_and_a_logout_has_the_browser_forget() -> None:
    app = flask.Flask("clinic")
    app.add_url_rule("/", view_func=page)
    app.add_url_rule("/logout", view_func=log_out, methods=["POST"])
    flask_security_headers(app)
    client = app.test_client()
    shown = client.get("/", base_url="https://portal.example")
    assert len(shown.text) == 22
    assert f"'nonce-{shown.text}'" in shown.headers["Content-Security-Policy"]
    assert client.post("/logout", base_url="https://portal.example").headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in shown.headers

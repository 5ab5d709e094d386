from io import BytesIO

import flask
import pytest
from flask.testing import FlaskClient

from sessionward.session.adapters.arrival import RefusedRequest
from sessionward.session.adapters.flask import Sessionward, visit
from sessionward.session.adapters.flask_origin import flask_forgery_guard
from sessionward.session.adapters.state_changing import state_changing
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.state import Subject
from sessionward.session.stores.memory import MemoryStore

RULES = ForgeryRules(origins=["https://portal.example"], keys=[b"k" * 32], session_cookies=["session"])
BASE = "https://portal.example"


def form() -> str:
    return flask.render_template_string("{{ csrf_field() }}|{{ csrf_token() }}")


def upload() -> str:
    return str(len(flask.request.files["scan"].read()))


@state_changing
def confirm() -> str:
    return "confirmed"


@pytest.fixture
def refused() -> list[RefusedRequest]:
    return []


@pytest.fixture
def client(refused: list[RefusedRequest]) -> FlaskClient:
    app = flask.Flask("clinic")
    app.add_url_rule("/form", view_func=form)
    app.add_url_rule("/upload", view_func=upload, methods=["POST"])
    app.add_url_rule("/confirm", view_func=confirm)
    flask_forgery_guard(app, RULES, on_refusal=refused.append)
    return app.test_client()


def test_a_forged_upload_is_refused_and_our_own_is_not(
    client: FlaskClient, refused: list[RefusedRequest]
) -> None:
    for site, status in (("cross-site", 403), ("same-origin", 200)):
        data = {"scan": (BytesIO(b"12345"), "scan.png")}
        answer = client.post("/upload", data=data, headers={"Sec-Fetch-Site": site}, base_url=BASE)
        assert answer.status_code == status
    assert [told.doubt for told in refused] == [Doubt.CROSS_SITE]


def test_a_browser_that_says_nothing_uploads_with_the_token_of_its_form(client: FlaskClient) -> None:
    field, _, token = client.get("/form", base_url=BASE).text.partition("|")
    assert field.startswith('<input type="hidden" name="csrf_token" value="')
    data = {"csrf_token": token, "scan": (BytesIO(b"12345"), "scan.png")}
    assert client.post("/upload", data=data, base_url=BASE).text == "5"
    bare = {"scan": (BytesIO(b"12345"), "scan.png")}
    assert client.post("/upload", data=bare, base_url=BASE).status_code == 403


def test_a_marked_view_is_judged_upon_get_too(client: FlaskClient, refused: list[RefusedRequest]) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get("/confirm", headers=link, base_url=BASE).status_code == 403
    assert client.get("/form", headers=link, base_url=BASE).status_code == 200
    assert (
        client.get("/confirm", headers={"Sec-Fetch-Site": "same-origin"}, base_url=BASE).text == "confirmed"
    )
    assert [told.path for told in refused] == ["/confirm"]


def log_in() -> str:
    visit.login(Subject(tenant="north", id="ana"))
    return flask.render_template_string("{{ csrf_token() }}")


def log_out() -> str:
    visit.logout()
    return flask.render_template_string("{{ csrf_token() }}")


def test_the_token_in_the_answer_that_begins_or_ends_a_session_is_good_in_what_follows() -> None:
    app = flask.Flask("clinic")
    Sessionward(app, store=MemoryStore())
    flask_forgery_guard(app, ForgeryRules(origins=[BASE], keys=[b"k" * 32]))
    app.add_url_rule("/login", view_func=log_in, methods=["POST"])
    app.add_url_rule("/logout", view_func=log_out, methods=["POST"])
    client = app.test_client()
    own = {"Sec-Fetch-Site": "same-origin"}
    inside = client.post("/login", headers=own, base_url=BASE).text
    outside = client.post("/logout", headers={"X-CSRF-Token": inside}, base_url=BASE)
    assert outside.status_code == 200
    assert client.post("/login", headers={"X-CSRF-Token": inside}, base_url=BASE).status_code == 403
    assert client.post("/login", headers={"X-CSRF-Token": outside.text}, base_url=BASE).status_code == 200


def test_what_is_not_there_is_not_judged_twice(client: FlaskClient) -> None:
    assert client.get("/nowhere", base_url=BASE).status_code == 404

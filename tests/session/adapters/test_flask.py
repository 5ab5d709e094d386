from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask, Response, session, stream_with_context
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from sessionward.flask import MemoryStore, Policy, Refused, Sessionward, Store, StoreError, Subject, visit
from sessionward.phones import Verifier, access_token_hash
from sessionward.session.adapters.flask import flask_object_guard
from sessionward.session.guard.ownership import NotYours
from tests.session.dpop.phone import proof

COOKIE = "__Host-session"
NOW = 1_700_000_000.0
POLICY = Policy.of("patient-portal").but(lock_after=300.0)
CLICK = {"sec-fetch-mode": "navigate", "sec-fetch-user": "?1"}


class Clinic:
    """A small app as one would write it, its clock, and gates at which a request can be held up."""

    def __init__(self, store: Store | None = None) -> None:
        self.now = NOW
        self.store = store or MemoryStore()
        self.entered, self.go_on = Event(), Event()
        self.app = Flask(__name__)
        self.app.testing = True
        Sessionward(self.app, store=self.store, policy=POLICY, clock=lambda: self.now)
        self.app.add_url_rule("/me", view_func=me)
        self.app.add_url_rule("/static/style.css", "style", view_func=lambda: "body {}")
        self.app.add_url_rule("/set/<key>/<value>", view_func=put, methods=["POST"])
        self.app.add_url_rule("/append/<value>", view_func=append, methods=["POST"])
        self.app.add_url_rule("/login/<tenant>/<name>", view_func=log_in, methods=["POST"])
        self.app.add_url_rule("/do/<action>", view_func=act, methods=["POST"])
        self.app.add_url_rule("/slow", view_func=self.slow, methods=["POST"])
        self.app.add_url_rule("/stream", view_func=stream)
        self.app.add_url_rule("/crash", view_func=crash, methods=["POST"])

    def slow(self) -> str:
        self.entered.set()
        assert self.go_on.wait(5)
        session["slow"] = 1
        return ""

    def browser(self) -> FlaskClient:
        return Browser(self.app, self.app.response_class, use_cookies=True)


class Browser(FlaskClient):
    """A browser: it speaks TLS."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("base_url", "https://clinic.example")
        return super().open(*args, **kwargs)


def me() -> dict[str, Any]:
    who = visit.current()
    named = None if who.subject is None else f"{who.subject.tenant}/{who.subject.id}"
    return {"who": named, "state": who.state, "data": dict(session)}


def put(key: str, value: str) -> str:
    session[key] = value
    return ""


def append(value: str) -> str:
    session.setdefault("list", []).append(value)
    return ""


def log_in(tenant: str, name: str) -> str:
    visit.login(Subject(tenant=tenant, id=name), keep=["next"])
    return ""


def act(action: str) -> tuple[str, int]:
    try:
        getattr(visit, action)()
    except Refused as refused:
        return str(refused), 403
    return "", 200


def stream() -> Response:
    return Response(stream_with_context(iter([str(visit.current().state)])))


def crash() -> str:
    session["a"] = 1
    raise ValueError("a mistake")


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


@pytest.fixture
def browser(clinic: Clinic) -> FlaskClient:
    return clinic.browser()


def told(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = answer.get_json()
    return found


def shown(browser: FlaskClient) -> dict[str, Any]:
    return told(browser.get("/me", headers=CLICK))


def token(browser: FlaskClient) -> str | None:
    found = browser.get_cookie(COOKIE, domain="clinic.example")
    return None if found is None else found.value


def with_token(clinic: Clinic, value: str | None) -> dict[str, Any]:
    """What a browser is shown that presents `value`."""
    made = clinic.browser()
    made.set_cookie(COOKIE, value or "", domain="clinic.example")
    return shown(made)


def test_a_session_is_a_dictionary_whose_nested_values_may_change(browser: FlaskClient) -> None:
    browser.post("/append/a")
    browser.post("/append/b")
    assert shown(browser) == {"who": None, "state": "anonymous", "data": {"list": ["a", "b"]}}


def test_visitors_and_garbage_store_nothing(clinic: Clinic, browser: FlaskClient) -> None:
    assert "Set-Cookie" not in browser.get("/me").headers
    assert with_token(clinic, "garbage")["state"] == "anonymous"
    assert with_token(clinic, "A" * 43)["state"] == "anonymous"


def test_a_token_from_before_the_login_or_of_ones_own_choice_opens_nothing(
    clinic: Clinic, browser: FlaskClient
) -> None:
    browser.post("/set/next/x")
    browser.post("/set/other/x")
    before = token(browser)
    browser.post("/login/north/ana")
    assert token(browser) != before
    assert shown(browser) == {"who": "north/ana", "state": "active", "data": {"next": "x"}}
    assert with_token(clinic, before)["who"] is None


def test_a_request_under_way_at_the_logout_brings_nothing_back(clinic: Clinic, browser: FlaskClient) -> None:
    browser.post("/login/north/ana")
    held = token(browser)
    slow = clinic.browser()
    slow.set_cookie(COOKIE, held or "", domain="clinic.example")
    under_way = Thread(target=slow.post, args=("/slow",))
    under_way.start()
    assert clinic.entered.wait(5)
    browser.post("/do/logout")
    clinic.go_on.set()
    under_way.join(5)
    assert token(browser) is None
    assert with_token(clinic, held) == {"who": None, "state": "terminated", "data": {}}


def test_parallel_requests_keep_both_their_changes_and_are_told_of_the_same(
    clinic: Clinic, browser: FlaskClient
) -> None:
    browser.post("/login/north/ana")
    answers: list[int] = []
    slow = clinic.browser()
    slow.set_cookie(COOKIE, token(browser) or "", domain="clinic.example")
    under_way = Thread(target=lambda: answers.append(slow.post("/slow").status_code))
    under_way.start()
    assert clinic.entered.wait(5)
    browser.post("/set/quick/1")
    clinic.go_on.set()
    under_way.join(5)
    assert shown(browser)["data"] == {"quick": "1", "slow": 1}
    assert answers == [200]


def test_who_writes_the_same_value_later_is_refused(clinic: Clinic, browser: FlaskClient) -> None:
    browser.post("/set/slow/0")
    answers: list[Any] = []
    slow = clinic.browser()
    slow.set_cookie(COOKIE, token(browser) or "", domain="clinic.example")
    under_way = Thread(target=lambda: answers.append(slow.post("/slow")))
    under_way.start()
    assert clinic.entered.wait(5)
    browser.post("/set/slow/2")
    clinic.go_on.set()
    under_way.join(5)
    assert [(answer.status_code, answer.text) for answer in answers] == [(409, "409\n")]
    assert shown(browser)["data"] == {"slow": "2"}


def test_a_changed_password_ends_the_others_and_renews_this_one(clinic: Clinic, browser: FlaskClient) -> None:
    other = clinic.browser()
    for client in (browser, other):
        client.post("/login/north/ana")
    before = token(browser)
    browser.post("/do/password_changed")
    assert token(browser) != before
    assert [shown(client)["who"] for client in (browser, other)] == ["north/ana", None]


def test_a_locked_session_shows_nothing_and_takes_no_change(clinic: Clinic, browser: FlaskClient) -> None:
    browser.post("/login/north/ana")
    browser.post("/set/a/1")
    clinic.now += 300
    assert shown(browser) == {"who": None, "state": "locked", "data": {}}
    assert browser.post("/set/a/2").status_code == 423
    assert browser.post("/do/reauthenticated").status_code == 200
    assert shown(browser)["data"] == {"a": "1"}


def test_polls_do_not_keep_a_session_alive(clinic: Clinic, browser: FlaskClient) -> None:
    browser.post("/login/north/ana")
    for _ in range(5):
        clinic.now += 60
        browser.get("/me", headers={"sec-fetch-mode": "cors"})
    assert shown(browser)["state"] == "locked"


def test_what_needs_a_login_is_refused_without_one(browser: FlaskClient) -> None:
    for action in (
        "logout_everywhere",
        "password_changed",
        "reauthenticated",
        "lock",
        "park",
        "own_sessions",
    ):
        assert browser.post(f"/do/{action}").status_code == 403


def test_no_cache_keeps_what_depends_on_a_session(browser: FlaskClient) -> None:
    visitor = browser.get("/me").headers
    assert "Cache-Control" not in visitor
    browser.post("/login/north/ana")
    within, streamed = browser.get("/me").headers, browser.get("/stream")
    assert (within["Cache-Control"], streamed.headers["Cache-Control"]) == ("no-store", "no-store")
    assert streamed.text == "active"
    for headers in (visitor, within, streamed.headers):
        assert headers["Vary"] == "Cookie, Authorization"
    assert "Vary" not in browser.get("/static/style.css").headers


def test_a_phone_is_served_by_its_access_token(clinic: Clinic, browser: FlaskClient) -> None:
    def phone() -> dict[str, Any]:
        return dict(visit.login_bearer(Subject(tenant="north", id="ana")).as_dict())

    clinic.app.add_url_rule("/phone", view_func=phone, methods=["POST"])
    answer = browser.post("/phone")
    assert "Set-Cookie" not in answer.headers
    bearer = {"Authorization": f"Bearer {told(answer)['access_token']}"}
    assert told(clinic.browser().get("/me", headers=bearer))["who"] == "north/ana"


def test_a_crash_of_the_app_leaves_the_session_as_the_app_wrote_it(
    clinic: Clinic, browser: FlaskClient
) -> None:
    clinic.app.testing = False
    assert browser.post("/crash").status_code == 500
    assert shown(browser)["data"] == {"a": 1}


@pytest.fixture
def broken(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def lost(*values: object, **named: object) -> Any:
        raise StoreError("The store is down.")

    return lambda name: monkeypatch.setattr(clinic.store, name, lost)


def test_a_store_that_is_down_serves_nothing_whatever_the_app_would_say(
    clinic: Clinic, browser: FlaskClient, broken: Callable[[str], None]
) -> None:
    seen: list[str] = []
    clinic.app.before_request(lambda: seen.append("app"))

    @clinic.app.errorhandler(503)
    def page(error: HTTPException) -> str:
        return "the app's own page"

    browser.post("/login/north/ana")
    seen.clear()
    broken("get")
    answer = browser.get("/me")
    assert (answer.status_code, answer.text, seen) == (503, "503\n", [])
    assert browser.get("/nowhere").status_code == 503


def test_a_store_that_is_lost_in_a_view_is_answered_as_one_that_is_down_and_the_log_says_why(
    clinic: Clinic, browser: FlaskClient, broken: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    broken("create")
    answer = browser.post("/login/north/ana")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (503, False)
    assert [entry.getMessage() for entry in caplog.records if entry.name == "sessionward.store"] == [
        "A request is answered with 503: The store is down."
    ]


def test_what_wants_a_login_is_forbidden_without_one(clinic: Clinic, browser: FlaskClient) -> None:
    clinic.app.add_url_rule("/mine", view_func=lambda: str(len(visit.own_sessions())))
    assert browser.get("/mine").status_code == 403
    browser.post("/login/north/ana")
    assert browser.get("/mine").text == "1"


def test_what_cannot_be_saved_is_not_answered(browser: FlaskClient, broken: Callable[[str], None]) -> None:
    browser.post("/login/north/ana")
    broken("write")
    answer = browser.post("/set/a/1")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (503, "503\n", "no-store")


def test_the_test_clients_session_is_the_session(browser: FlaskClient) -> None:
    with browser.session_transaction(base_url="https://clinic.example") as opened:
        opened["a"] = 1
        opened.permanent = True
        assert not opened.permanent
    assert shown(browser)["data"] == {"a": 1}


def test_a_visit_without_a_session_is_said_so(clinic: Clinic) -> None:
    with clinic.app.test_request_context("/static/style.css"), pytest.raises(RuntimeError, match="public"):
        visit.current()


def refuse() -> str:
    raise NotYours


def guarded() -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/note", view_func=refuse)
    flask_object_guard(app)
    return app


def test_what_is_anothers_is_answered_as_what_does_not_exist() -> None:
    browser = guarded().test_client()
    note, nothing = browser.get("/note"), browser.get("/nothing")
    assert (note.status_code, note.data) == (nothing.status_code, nothing.data) == (404, nothing.data)


def test_the_apps_own_page_for_it_is_shown() -> None:
    app = guarded()
    app.register_error_handler(404, lambda _: ("Nothing of that kind.", 404))
    browser = app.test_client()
    assert browser.get("/note").data == browser.get("/nothing").data == b"Nothing of that kind."


def test_a_session_that_is_bound_to_a_key_opens_only_with_its_proof() -> None:
    clinic = Clinic()
    origin = "https://clinic.example"
    Sessionward(
        clinic.app, store=clinic.store, policy=POLICY, dpop=Verifier(origin), clock=lambda: clinic.now
    )

    @clinic.app.post("/phone")
    def by_phone() -> dict[str, Any]:
        return dict(visit.login_bearer(Subject(tenant="north", id="ana")).as_dict())

    def proved(method: str, path: str, **claims: object) -> str:
        return proof("ES256", htm=method, htu=f"{origin}{path}", iat=int(NOW), **claims)

    phone = clinic.browser()
    pair = told(phone.post("/phone", headers={"DPoP": proved("POST", "/phone", jti="1")}))
    token = pair["access_token"]
    assert pair["token_type"] == "DPoP"
    right = proved("GET", "/me", jti="2", ath=access_token_hash(token))
    assert told(phone.get("/me", headers={"Authorization": f"DPoP {token}", "DPoP": right}))["who"]
    for scheme in ("Bearer", "DPoP"):
        stolen = phone.get("/me", headers={"Authorization": f"{scheme} {token}"})
        assert told(stolen)["who"] is None
        assert "WWW-Authenticate" in stolen.headers


def test_a_refused_answer_still_brings_the_token_of_a_renewal(clinic: Clinic, browser: FlaskClient) -> None:
    @clinic.app.post("/renew")
    def renew() -> str:
        visit.reauthenticated()
        visit.lock()
        session["a"] = 1
        return ""

    browser.post("/login/north/ana")
    before = token(browser)
    answer = browser.post("/renew")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (423, "423\n", "no-store")
    assert token(browser) not in {None, before}
    clinic.now += 60
    assert shown(browser)["state"] == "locked"

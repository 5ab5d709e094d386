from sessionward.audit.check import Verdict
from sessionward.audit.checks.forgery.login_csrf import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import Forge, Visit
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, START, scene
from tests.audit.checks.transcript import play


def test_a_login_that_another_site_can_send_is_a_defect() -> None:
    played = play(CHECK, FakeApp(forged_login=True))
    assert played.verdict is Verdict.FAILED
    assert "POST /login by a form" in played.message


def test_a_token_that_is_only_good_once_is_no_protection() -> None:
    assert play(CHECK, FakeApp(forged_login=True, one_time=True)).verdict is Verdict.FAILED


def test_a_protected_login_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_nothing_of_the_attackers_browser_goes_along() -> None:
    played = play(CHECK, FakeApp(forged_login=True))
    (forge,) = (probe for probe in played.probes if isinstance(probe, Forge))
    assert forge.request.header("cookie") is None


def test_a_json_login_is_sent_as_plain_text_with_the_same_bytes() -> None:
    body = b'{"email":"stan@app.test","password":"secret"}'
    request = Request(
        method="POST", url=f"{START}login", headers=(("Content-Type", "application/json"),), body=body
    )
    played = play(CHECK, FakeApp(login_sends=(request,)))
    (forge,) = (probe for probe in played.probes if isinstance(probe, Forge))
    assert (forge.request.header("content-type"), forge.request.body) == ("text/plain", body)


def test_a_method_that_no_form_can_send_has_no_such_thing() -> None:
    request = Request(method="PUT", url=f"{START}session", body=b"user=stan@app.test")
    assert play(CHECK, FakeApp(login_sends=(request,))).verdict is Verdict.INAPPLICABLE


def test_a_login_that_sets_no_cookie_has_no_such_thing() -> None:
    assert play(CHECK, FakeApp(cookies=False), scene(private=(API,))).verdict is Verdict.INAPPLICABLE


def test_a_login_that_sends_nothing_is_inconclusive() -> None:
    assert play(CHECK, FakeApp(login_sends=())).verdict is Verdict.INCONCLUSIVE


def test_a_request_that_never_left_the_browser_is_inconclusive() -> None:
    played = play(CHECK, FakeApp(forges=False))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "preflight" in played.message


def test_a_browser_that_is_somebody_already_proves_nothing() -> None:
    def open_to_all(probe: object) -> int:
        app.cached = isinstance(probe, Visit) and probe.control == Guard.BEFORE
        return 0

    app = FakeApp(forged_login=True, breaks=open_to_all)
    played = play(CHECK, app)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "already shown" in played.message


def test_an_app_that_breaks_over_the_forged_login_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 500 if isinstance(probe, Visit) and not probe.control else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_a_lost_control_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 403 if probe.control == Guard.POSITIVE else 0)
    assert "positive control" in play(CHECK, app).message

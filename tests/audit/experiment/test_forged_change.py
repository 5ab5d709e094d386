from typing import Any

import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.experiment import Altering, CannotTell, Try, Victim, action_of, judged_changes
from sessionward.audit.observation import Altered, Held, Session
from sessionward.audit.probe import Way
from sessionward.http import Request
from tests.audit.checks.fake_form import ACTION, TEXT, acting
from tests.audit.checks.scenes import scene

REQUEST = Request(method="POST", url="http://app.test/address")
VICTIM = Victim(
    session=Session(id=1, party="owner"),
    action=ACTION,
    held=Held(request=REQUEST, text=TEXT),
    request=REQUEST,
)


def made(how: Way = "form", **seen: Any) -> Altering:
    given = {"changed": False, "status": 403} | seen
    return Altering(what=Try(request=REQUEST, how=how), seen=Altered(**given))


def verdict(*tried: Altering) -> tuple[Verdict, str]:
    outcome = judged_changes(VICTIM, tried, failed="It was changed", passed="It was not changed")
    return outcome.verdict, outcome.message


def test_the_best_action_is_taken() -> None:
    assert action_of(acting()) is ACTION


def test_without_one_the_reason_is_told() -> None:
    with pytest.raises(CannotTell, match="none was seen in the app's own pages"):
        action_of(scene())


def test_one_that_changed_the_field_is_the_proof() -> None:
    assert verdict(made(), made("fetch", changed=True, status=200)) == (
        Verdict.FAILED,
        "It was changed (POST /address by a script).",
    )


def test_all_refused_is_the_pass_and_what_the_browser_kept_back_is_said_once() -> None:
    kept = "sid was kept back (SameSite)"
    assert verdict(made(reason=kept), made("navigate", reason=kept)) == (
        Verdict.PASSED,
        f"It was not changed (POST /address by a form, POST /address by a link). {kept}.",
    )


def test_one_that_never_left_counts_for_nothing_where_another_did() -> None:
    assert verdict(made("fetch", sent=False, reason="preflight"), made())[0] is Verdict.PASSED


@pytest.mark.parametrize(
    "seen, why",
    [
        ({"sent": False, "reason": "the page crashed"}, "the page crashed"),
        ({"status": 429}, "status 429"),
        ({"status": 503}, "status 503"),
        ({"status": 0}, "no answer came"),
        ({"seen": False}, "could not be seen afterwards"),
    ],
)
def test_where_one_tells_nothing_the_whole_tells_nothing(seen: dict[str, Any], why: str) -> None:
    with pytest.raises(CannotTell, match=why):
        verdict(made(**seen))

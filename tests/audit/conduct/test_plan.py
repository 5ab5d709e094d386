from dataclasses import replace

from sessionward.audit.check import Check, Disturbance
from sessionward.audit.conduct.plan import plan_of
from sessionward.audit.scene import LogoutFacts, Party, PasswordChangeFacts, Scene
from tests.audit.conduct.samples import check
from tests.audit.perform.stages import scene

KNOWN = replace(
    scene(),
    wait=30,
    parties={
        "owner": Party(name="owner", account="ana", username="ana@example.org"),
        "stranger": Party(name="stranger", account="ben", username="ben@example.org"),
        "account doc": Party(name="account doc", account="doc", username="doc@example.org"),
    },
    password_change=PasswordChangeFacts(url="/password", asks_current=True),
    logout=LogoutFacts(found_on="/", control="Log out"),
)
UPSETS = {
    "a": Disturbance.CREDENTIALS,
    "b": Disturbance.SESSIONS,
    "c": Disturbance.THROTTLE,
    "d": Disturbance.DATA,
}
CHECKS = tuple(check(name, disturbs={kind}) for name, kind in UPSETS.items())


def lines(known: Scene = KNOWN, checks: tuple[Check, ...] = CHECKS) -> str:
    return "\n".join(plan_of(known, checks))


def test_each_change_is_named_with_its_account_and_its_checks() -> None:
    text = lines()
    assert "Change the password of ana and set it back (a)." in text
    assert "End or evict sessions of ana (b)." in text
    assert "Try up to 11 wrong passwords for ana (c)." in text
    assert "Change data of ana and set it back (d)." in text


def test_whose_accounts_are_used_and_how_it_ends_is_always_said() -> None:
    text = lines(checks=())
    assert text.startswith("Log in many times as ana (the owner) and as ben (the stranger).")
    assert "Log in once as doc." in text
    assert text.endswith("Log out every session at the end and show that it is dead.")


def test_a_password_that_cannot_be_changed_is_not_announced() -> None:
    assert "password of ana" not in lines(replace(KNOWN, password_change=None))


def test_without_a_logout_nobody_is_promised_one() -> None:
    text = lines(replace(KNOWN, logout=None))
    assert text.endswith("Leave the sessions to the app's timeouts, since no way to log out was found.")


def test_the_stranger_is_named_where_his_account_is_upset() -> None:
    one = check("x", disturbs={Disturbance.SESSIONS}, account="stranger")
    assert "End or evict sessions of ben (x)." in lines(checks=(one,))


def test_waiting_is_announced() -> None:
    assert "Leave sessions idle for up to 30 s (slow)." in lines(checks=(check("slow", patient=True),))


def test_without_calibration_no_experiment_is_announced() -> None:
    text = lines(replace(KNOWN, calibrated=False, reason="both saw the same page"))
    assert "Make no experiment" in text
    assert "both saw the same page" in text
    assert "password" not in text


def test_a_plan_shows_no_user_name() -> None:
    assert "@" not in lines()


def test_a_check_that_changes_a_field_and_puts_it_back_is_announced() -> None:
    one = replace(check("forged", disturbs=set()), acts=True)
    assert "Change data of ana and set it back (forged)." in lines(checks=(one,))

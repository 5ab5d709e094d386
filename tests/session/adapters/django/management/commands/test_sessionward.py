from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.result import StoreError
from sessionward.session.state import Reason
from sessionward.session.trail import Happening, TrailEvent
from tests.session.adapters.django_people import logged_in, user, who
from tests.session.adapters.django_site import PLACE, SESSIONWARD


def said(*words: str) -> str:
    out = StringIO()
    call_command("sessionward", *words, stdout=out)
    return out.getvalue()


def test_a_users_sessions_are_listed_by_their_handles_and_without_a_secret() -> None:
    user()
    browser = logged_in()
    handle = browser.get("/me").json()["handle"]
    line = said("list", "ana")
    assert line.startswith(f"{handle}  active     begun 2023-11-14 22:13:20Z  active 2023-11-14 22:13:20Z")
    assert browser.cookies["__Host-session"].value not in line


def test_who_has_no_session_is_said_to_have_none() -> None:
    user()
    assert said("list", "ana") == "ana has no session\n"


def test_one_session_is_ended_by_its_handle_and_the_trail_says_so() -> None:
    user()
    first, second = logged_in(), logged_in()
    handle = first.get("/me").json()["handle"]
    assert said("end", "ana", "--handle", handle) == "1 session ended\n"
    assert (who(first), who(second)) == ("", "ana")
    last = TrailEvent.decode(PLACE.store.audit_since("default", 0, limit=100)[-1].content)
    assert (last.handle, last.reason) == (handle, Reason.ADMINISTRATOR)


def test_all_sessions_of_a_user_are_ended() -> None:
    user()
    user("ben")
    browsers = [logged_in(), logged_in(), logged_in("ben")]
    assert said("end", "ana") == "2 sessions ended\n"
    assert [who(each) for each in browsers] == ["", "", "ben"]


def test_all_sessions_of_all_users_are_ended() -> None:
    user()
    user("ben")
    browsers = [logged_in(), logged_in("ben")]
    assert said("end", "--all") == "2 sessions ended\n"
    assert [who(each) for each in browsers] == ["", ""]


def test_all_sessions_of_a_tenant_are_ended() -> None:
    user()
    browser = logged_in()
    assert said("end", "--tenant", "elsewhere") == "0 sessions ended\n"
    assert who(browser) == "ana"
    assert said("end", "--tenant", "default") == "1 session ended\n"
    assert who(browser) == ""
    last = TrailEvent.decode(PLACE.store.audit_since("default", 0, limit=100)[-1].content)
    assert (last.what, last.reason) == (Happening.TENANT_ENDED, Reason.ADMINISTRATOR)


@pytest.mark.parametrize(
    "words,code",
    [
        (["end"], 2),
        (["end", "--tenant", ""], 2),
        (["end", "--tenant", "default", "--all"], 2),
        (["end", "ana", "--all"], 2),
        (["end", "--all", "--handle", "x"], 2),
        (["list", "nobody"], 2),
        (["end", "ana"], 1),
        (["end", "ana", "--handle", "unknown"], 1),
    ],
)
def test_wrong_use_and_nothing_to_end_have_exit_codes_of_their_own(words: list[str], code: int) -> None:
    user()
    with pytest.raises(CommandError) as caught:
        said(*words)
    assert caught.value.returncode == code


def test_the_store_is_tidied() -> None:
    user()
    logged_in()
    PLACE.now += 10 * 86_400
    assert said("purge") == "1 sessions forgotten\n"


def test_djangos_own_clearsessions_tidies_the_store_too() -> None:
    user()
    logged_in()
    PLACE.now += 10 * 86_400
    call_command("clearsessions")
    assert said("purge") == "0 sessions forgotten\n"


def test_the_policies_are_shown_with_what_differs() -> None:
    policy = Policies(base=Policy.of("patient-portal"), roles={"nurse": {"lock_after": 180.0}})
    with override_settings(SESSIONWARD=SESSIONWARD | {"policy": policy}):
        shown = said("show")
        assert said("check-policy") == "the policies make sense\n"
    assert "all           inactivity_timeout    900\n" in shown
    assert "role nurse    lock_after            180\n" in shown


def test_a_policy_that_is_nonsense_is_wrong_use() -> None:
    with (
        override_settings(SESSIONWARD=SESSIONWARD | {"policy": "no-such"}),
        pytest.raises(CommandError, match="no-such") as caught,
    ):
        said("check-policy")
    assert caught.value.returncode == 2


def test_a_store_that_cannot_be_asked_has_an_exit_code_of_its_own() -> None:
    def down() -> object:
        raise StoreError("The session store cannot be asked.")

    with (
        override_settings(SESSIONWARD=SESSIONWARD | {"store": down}),
        pytest.raises(CommandError, match="cannot be asked") as caught,
    ):
        said("purge")
    assert caught.value.returncode == 3

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from sessionward.django import NotSaved, SessionStore
from tests.session.adapters.django_people import holding, logged_in, token, user, who
from tests.session.adapters.django_site import COOKIE, PLACE


def test_a_session_has_the_methods_that_djangos_has() -> None:
    session = SessionStore()
    session["a"] = 1
    session.update({"b": [1, 2], "c": None})
    assert (session.get("a"), session.get("x", 7), session.pop("c"), "b" in session) == (1, 7, None, True)
    assert session.setdefault("d", 4) == 4
    session.set_test_cookie()
    assert session.test_cookie_worked()
    session.delete_test_cookie()
    del session["d"]
    assert sorted(session.items()) == [("a", 1), ("b", [1, 2])]
    session.save()
    assert dict(SessionStore(session.session_key).items()) == {"a": 1, "b": [1, 2]}


async def test_a_session_has_the_methods_for_those_who_await() -> None:
    session = SessionStore()
    await session.aset("a", 1)
    await session.aupdate({"b": 2})
    assert (await session.aget("a"), await session.apop("b"), await session.ahas_key("b")) == (1, 2, False)
    await session.asave()
    key = session.session_key
    assert key is not None
    assert await session.aexists(key)
    again = SessionStore(key)
    assert dict(await again.aitems()) == {"a": 1}
    assert await again.aget_expiry_age() == 900
    await again.aflush()
    assert not await session.aexists(key)


def test_a_session_may_be_saved_as_often_as_one_likes() -> None:
    session = SessionStore()
    for number in range(3):
        session["count"] = number
        session.save()
    assert SessionStore(session.session_key)["count"] == 2


def test_what_was_changed_deep_inside_is_saved_without_being_told() -> None:
    session = SessionStore()
    session["basket"] = {"tea": 1}
    session.save()
    session["basket"]["tea"] = 2
    session.save()
    assert SessionStore(session.session_key)["basket"] == {"tea": 2}


def test_two_who_change_the_same_value_are_not_both_saved() -> None:
    first = SessionStore()
    first["a"] = 1
    first.save()
    one, other = SessionStore(first.session_key), SessionStore(first.session_key)
    one["a"], other["a"] = 2, 3
    one.save()
    with pytest.raises(NotSaved):
        other.save()
    assert SessionStore(first.session_key)["a"] == 2


def test_an_unknown_key_is_not_adopted() -> None:
    session = SessionStore("A" * 43)
    session["a"] = 1
    session.save()
    assert session.session_key != "A" * 43
    assert not SessionStore().exists("A" * 43)
    assert not SessionStore().exists("nonsense")


def test_a_request_shows_a_handle_that_opens_nothing() -> None:
    user()
    browser = logged_in()
    handle = browser.get("/me").json()["handle"]
    assert handle != token(browser)
    assert who(holding(handle)) == ""
    assert SessionStore(handle).is_empty()


def test_a_flushed_session_cannot_be_brought_back() -> None:
    session = SessionStore()
    session["a"] = 1
    session.save()
    late = SessionStore(session.session_key)
    late["b"] = 2
    session.flush()
    late.save()
    assert session.session_key is None
    assert "b" not in SessionStore(late.session_key)


@pytest.mark.parametrize("value", [3600, timedelta(hours=1), timezone.now()])
def test_a_life_of_its_own_is_refused_with_where_to_set_it(value: object) -> None:
    session = SessionStore()
    with pytest.raises(ImproperlyConfigured, match="inactivity_timeout"):
        session.set_expiry(value)  # type: ignore[arg-type]


def test_what_happens_anyway_may_be_asked_for() -> None:
    session = SessionStore()
    session.set_expiry(0)
    session.set_expiry(None)
    assert session.get_expire_at_browser_close()
    assert session.is_empty()


def test_the_expiry_is_what_the_policy_makes_of_it() -> None:
    user()
    browser = logged_in()
    session = SessionStore(token(browser))
    PLACE.now += 100
    assert session.get_expiry_age() == 800
    assert session.get_session_cookie_age() == 43_200
    assert session.get_expiry_date() > timezone.now()


def test_what_is_no_json_is_refused() -> None:
    session = SessionStore()
    session["a"] = object()
    with pytest.raises(TypeError):
        session.save()


def test_djangos_test_client_sets_values_beforehand() -> None:
    browser = Client()
    session = browser.session
    session["a"] = "set"
    session.save()
    assert browser.get("/me").json()["data"] == {"a": "set"}
    assert browser.cookies[COOKIE].value == session.session_key


def test_many_who_write_at_once_all_keep_what_they_wrote() -> None:
    shared = SessionStore()
    shared.save()
    together = Barrier(8)

    def write(number: int) -> None:
        mine = SessionStore(shared.session_key)
        mine[f"key{number}"] = number
        together.wait(10)
        mine.save()

    threads = [Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(dict(SessionStore(shared.session_key).items())) == 8


def test_a_renewed_key_opens_the_same_session() -> None:
    user()
    browser = logged_in()
    before = token(browser)
    session = SessionStore(before)
    session.cycle_key()
    session.save()
    assert session.session_key != before
    assert who(holding(str(session.session_key))) == "ana"


def test_a_session_of_ones_own_is_ended_by_its_handle() -> None:
    user()
    here, elsewhere = logged_in(), logged_in()
    handle = elsewhere.get("/me").json()["handle"]
    SessionStore(token(here)).delete(handle)
    assert (who(here), who(elsewhere)) == ("ana", "")

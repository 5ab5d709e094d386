from datetime import timedelta

import pytest

from sessionward.demo.people import People, Role
from sessionward.demo.rendering import asset, duration, initials, menu
from sessionward.demo.sample_people import ANA, PEOPLE
from tests.demo.trial import make_trial


@pytest.mark.parametrize(
    "length,said",
    [
        (timedelta(minutes=15), "15 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(seconds=90), "90 seconds"),
        (timedelta(seconds=1), "1 second"),
    ],
)
def test_a_length_of_time_is_said_as_people_say_it(length: timedelta, said: str) -> None:
    assert duration(length) == said


async def test_what_a_person_types_is_shown_as_text() -> None:
    guest = make_trial().guest()
    await guest.log_in()
    await guest.submit("/profile", {"name": "<b onload=x>&\"'"})
    for path in ("/profile", "/overview", "/records/rec-7f3a/print"):
        text = (await guest.get(path)).text
        assert "<b " not in text
        assert "&lt;b onload=x&gt;&amp;&#34;&#39;" in text


async def test_a_notice_is_shown_once() -> None:
    guest = make_trial().guest()
    await guest.log_in()
    await guest.submit("/profile", {"name": ANA.name})
    said = ["Your details are saved." in (await guest.get("/profile")).text for _ in range(2)]
    assert said == [True, False]


async def test_the_login_page_says_how_long_a_session_may_lie_idle() -> None:
    guest = make_trial(inactivity_timeout=timedelta(minutes=5)).guest()
    assert "after 5 minutes in which nothing happens" in (await guest.get("/login")).text
    endless = make_trial(inactivity_timeout=None).guest()
    assert "in which nothing happens" not in (await endless.get("/login")).text


def test_the_address_of_a_shared_file_changes_with_its_content() -> None:
    address = asset("clinic.css")
    assert address.startswith("/static/clinic.css?v=")
    assert address != asset("clinic.js")


@pytest.mark.parametrize(
    "name,letters", [("Ana Lindqvist", "AL"), ("Dr. Ida Moreau", "IM"), ("Sol", "S"), ("", "?")]
)
def test_a_person_is_stood_for_by_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_each_role_has_a_menu_of_its_own_that_begins_with_the_overview() -> None:
    people = People(PEOPLE, 2)
    menus = {
        role: menu(account) for role in Role for account in people.of_tenant("north") if account.role is role
    }
    assert {entries[0][0] for entries in menus.values()} == {"/overview"}
    assert len(set(menus.values())) == len(Role)

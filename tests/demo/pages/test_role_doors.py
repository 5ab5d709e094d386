import pytest

from sessionward.demo.people import Person
from sessionward.demo.sample_people import ANA, IDA, NORA
from tests.demo.trial import make_trial

PAGES = {
    ANA: ("/appointments", "/documents", "/history", "/prescriptions", "/waiting-room", "/consultation"),
    IDA: ("/patients", "/patients/ana", "/patients/ana/prescribe", "/patients/ana/consultation"),
    NORA: ("/administration/accounts",),
}


@pytest.mark.parametrize("person", PAGES, ids=lambda person: person.id)
async def test_a_role_has_its_own_pages_and_no_other_roles(person: Person) -> None:
    guest = make_trial().guest()
    await guest.log_in(person)
    for owner, paths in PAGES.items():
        for path in paths:
            assert (await guest.get(path)).status_code == (200 if owner is person else 403), path


async def test_a_stranger_is_sent_to_the_login() -> None:
    guest = make_trial().guest()
    answers = [await guest.get(path) for paths in PAGES.values() for path in paths]
    assert {answer.headers["location"] for answer in answers} == {"/login"}


@pytest.mark.parametrize("person", PAGES, ids=lambda person: person.id)
async def test_every_page_that_the_menu_names_opens_and_tells_who_is_logged_in(person: Person) -> None:
    guest = make_trial().guest()
    await guest.log_in(person)
    for path in await guest.links("/overview") - {"/overview"}:
        answer = await guest.get(path)
        assert answer.status_code == 200, path
        assert person.name in answer.text
        assert 'action="/logout"' in answer.text

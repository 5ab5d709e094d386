import pytest

from sessionward.demo.sample_people import ANA, BEN, PEOPLE
from tests.demo.trial import Guest, make_trial, text_of


@pytest.fixture
async def guest() -> Guest:
    guest = make_trial().guest()
    await guest.log_in()
    return guest


async def test_the_list_leads_to_each_record_and_that_to_its_printable_page(guest: Guest) -> None:
    links = await guest.links("/records")
    for record in ANA.records:
        assert f"/records/{record.id}" in links
        assert record.text in (await guest.get(f"/records/{record.id}")).text
        assert f"/records/{record.id}/print" in await guest.links(f"/records/{record.id}")
        printable = (await guest.get(f"/records/{record.id}/print")).text
        assert all(text in printable for text in (ANA.name, ANA.phone, record.text))


@pytest.mark.parametrize("end", ["", "/print"])
async def test_another_accounts_record_is_as_unknown_as_none(guest: Guest, end: str) -> None:
    answers = [await guest.get(f"/records/{record}{end}") for record in (BEN.records[0].id, "rec-0000")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert text_of(answers[0]) == text_of(answers[1])


async def test_the_list_holds_no_record_of_another_account(guest: Guest) -> None:
    text = (await guest.get("/records")).text
    assert [person.id for person in PEOPLE if person.records[0].title in text] == ["ana"]


async def test_the_printable_page_of_a_record_that_does_not_exist_tells_a_stranger_nothing() -> None:
    guest = make_trial().guest()
    answers = [await guest.get(f"/records/{record}/print") for record in (ANA.records[0].id, "rec-0000")]
    assert [answer.headers["location"] for answer in answers] == ["/login", "/login"]

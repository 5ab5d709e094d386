import re
from pathlib import Path

import pytest

from sessionward.demo.diary import MOST_BOOKED
from sessionward.demo.sample_neighbours import SOL
from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import Guest, Trial, mails, make_trial

OFFERED = re.compile(r'action="/appointments/(\w+)/book">\s*(?:<input[^>]*>\s*)?<button( class="quiet")?')


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return make_trial(outbox=tmp_path)


@pytest.fixture
async def guest(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in()
    return guest


async def free(guest: Guest) -> list[str]:
    text = (await guest.get("/appointments")).text
    return [slot for slot, taken in OFFERED.findall(text) if not taken]


async def act(guest: Guest, slot: str, what: str) -> int:
    answer = await guest.submit(f"/appointments/{slot}/{what}", {}, form="/appointments")
    return answer.status_code


async def held(guest: Guest) -> list[tuple[str, str]]:
    return [(each["id"], each["state"]) for each in (await guest.get("/api/appointments")).json()]


async def test_a_time_is_booked_and_cancelled(guest: Guest) -> None:
    slot = (await free(guest))[0]
    assert await act(guest, slot, "book") == 303
    assert (slot, "booked") in await held(guest)
    assert slot not in await free(guest)
    assert await act(guest, slot, "cancel") == 303
    assert slot not in dict(await held(guest))


async def test_who_waits_is_given_the_time_and_told_by_mail_and_message(
    trial: Trial, guest: Guest, tmp_path: Path
) -> None:
    ben = trial.guest()
    await ben.log_in(BEN)
    slot = (await free(guest))[0]
    await act(guest, slot, "book")
    assert await act(ben, slot, "book") == 303
    assert (slot, "waiting") in await held(ben)
    await act(guest, slot, "cancel")
    assert (slot, "booked") in await held(ben)
    (mail,) = mails(tmp_path)
    assert f"To: {BEN.email}" in mail
    answer = await ben.get("/api/messages", {"authorization": f"Bearer {await ben.api_token()}"})
    assert "The time that you waited for is yours" in answer.text


async def test_a_place_on_a_waiting_list_is_left(trial: Trial, guest: Guest) -> None:
    ben = trial.guest()
    await ben.log_in(BEN)
    slot = (await free(guest))[0]
    await act(guest, slot, "book")
    await act(ben, slot, "book")
    assert await act(ben, slot, "cancel") == 303
    assert slot not in dict(await held(ben))


async def test_the_limit_holds_whatever_is_sent(guest: Guest) -> None:
    slots = await free(guest)
    answers = [await act(guest, slot, "book") for slot in slots[:MOST_BOOKED]]
    assert answers == [303] * (MOST_BOOKED - 1) + [409]
    assert len(await held(guest)) == MOST_BOOKED


@pytest.mark.parametrize("what", ["book", "cancel"])
async def test_the_address_alone_and_a_form_without_the_token_change_nothing(guest: Guest, what: str) -> None:
    slot, other, *_ = await free(guest)
    await act(guest, slot, "book")
    before = await held(guest)
    asked = slot if what == "cancel" else other
    answers = [
        await guest.get(f"/appointments/{asked}/{what}"),
        await guest.post(f"/appointments/{asked}/{what}"),
    ]
    assert [answer.status_code for answer in answers] == [405, 403]
    assert await held(guest) == before


async def test_nobody_cancels_for_another_or_books_in_the_other_clinic(trial: Trial, guest: Guest) -> None:
    ben, sol = trial.guest(), trial.guest()
    await ben.log_in(BEN)
    await sol.log_in(SOL)
    slot = (await free(guest))[0]
    await act(guest, slot, "book")
    assert [await act(ben, slot, "cancel"), await act(sol, slot, "cancel")] == [404, 404]
    assert await act(sol, (await free(guest))[0], "book") == 404
    assert (slot, "booked") in await held(guest)
    assert ANA.name not in (await ben.get("/appointments")).text

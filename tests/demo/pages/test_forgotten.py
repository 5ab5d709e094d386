from pathlib import Path

import pytest

from sessionward.demo.mailed_links import LINK_LIFETIME
from sessionward.demo.sample_people import ANA
from tests.demo.trial import NEW_PASSWORD, Trial, mailed_links, mails, make_trial

FIELDS = {"new_password": NEW_PASSWORD, "repeat_password": NEW_PASSWORD}


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return make_trial(outbox=tmp_path)


async def link_of(trial: Trial, tmp_path: Path, email: str = ANA.email) -> str:
    await trial.guest().submit("/reset", {"email": email})
    return mailed_links(tmp_path)[-1]


async def test_the_link_in_the_mail_changes_the_password_once(trial: Trial, tmp_path: Path) -> None:
    link = await link_of(trial, tmp_path)
    guest = trial.guest()
    assert (await guest.submit(link, FIELDS)).headers["location"] == "/reset/done"
    assert (await guest.get("/reset/done")).status_code == 200
    assert (await trial.guest().log_in()).status_code == 422
    assert (await trial.guest().log_in(password=NEW_PASSWORD)).status_code == 303
    assert (await guest.get(link)).status_code == 410
    assert (await guest.submit(link, FIELDS, form="/login")).status_code == 410


async def test_a_reset_ends_every_session_and_remembered_login(trial: Trial, tmp_path: Path) -> None:
    thief = trial.guest()
    await thief.log_in(remember=True)
    await trial.guest().submit(await link_of(trial, tmp_path), FIELDS)
    assert not await thief.sees()


async def test_an_unknown_address_is_answered_alike_and_gets_no_mail(trial: Trial, tmp_path: Path) -> None:
    answers = [
        await trial.guest().submit("/reset", {"email": email}) for email in (ANA.email, "nobody@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].text.replace(ANA.email, "nobody@example.org") == answers[1].text
    assert len(mails(tmp_path)) == 1


@pytest.mark.parametrize("wanted,repeated", [("short", "short"), (NEW_PASSWORD, "another-one")])
async def test_a_mistake_keeps_the_link_and_the_old_password(
    trial: Trial, tmp_path: Path, wanted: str, repeated: str
) -> None:
    link = await link_of(trial, tmp_path)
    fields = {"new_password": wanted, "repeat_password": repeated}
    assert (await trial.guest().submit(link, fields)).status_code == 422
    assert (await trial.guest().log_in()).status_code == 303
    assert (await trial.guest().submit(link, FIELDS)).status_code == 303


async def test_the_link_is_good_for_half_an_hour(trial: Trial, tmp_path: Path) -> None:
    link = await link_of(trial, tmp_path)
    trial.clock.now += LINK_LIFETIME
    assert (await trial.guest().get(link)).status_code == 410


async def test_the_link_leads_to_this_clinic_whatever_a_header_says(trial: Trial, tmp_path: Path) -> None:
    guest = trial.guest()
    fields = {"email": ANA.email, "forgery_token": await guest.forgery_token("/reset")}
    misleading = {"x-forwarded-host": "elsewhere.test", "forwarded": "host=elsewhere.test"}
    await guest.post("/reset", fields, guest.own | misleading)
    (mail,) = mails(tmp_path)
    assert "https://clinic.test/reset/" in mail.replace(":443/", "/")
    await guest.http.post("/reset", data=fields, headers=guest.own | {"host": "elsewhere.test"})
    assert all("elsewhere" not in each for each in mails(tmp_path))


async def test_a_mailbox_is_not_flooded(trial: Trial, tmp_path: Path) -> None:
    answers = [await trial.guest().submit("/reset", {"email": ANA.email}) for _ in range(8)]
    assert {answer.status_code for answer in answers} == {200}
    assert len(mails(tmp_path)) == 5


async def test_asking_and_choosing_need_the_pages_own_forms(trial: Trial, tmp_path: Path) -> None:
    assert (await trial.guest().post("/reset", {"email": ANA.email})).status_code == 403
    assert (await trial.guest().post(await link_of(trial, tmp_path), FIELDS)).status_code == 403

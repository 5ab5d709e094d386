import pytest
from playwright.async_api import Browser, expect

from sessionward.demo.sample_people import BEN, IDA
from sessionward.demo.server import serving
from tests.demo.browsing import log_in
from tests.demo.trial import Guest, Trial, make_settings, make_trial

ANSWERS = {"heart": "Yes", "illnesses": "Scarlet fever in 1994", "sleep": "Well"}


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.fixture
async def guest(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in()
    return guest


async def test_answers_are_kept_and_shown_to_the_patient_and_the_doctor_alone(
    trial: Trial, guest: Guest
) -> None:
    ida, ben = trial.guest(), trial.guest()
    await ida.log_in(IDA)
    await ben.log_in(BEN)
    assert (await guest.submit("/history", ANSWERS)).status_code == 303
    text = (await guest.get("/history")).text
    assert ANSWERS["illnesses"] in text
    assert '<option value="Yes" selected>' in text
    assert ANSWERS["illnesses"] in (await ida.get("/patients/ana")).text
    assert ANSWERS["illnesses"] not in (await ben.get("/history")).text


async def test_answers_that_do_not_fit_are_shown_again_and_not_kept(guest: Guest) -> None:
    answer = await guest.submit("/history", ANSWERS | {"heart": "Perhaps"})
    assert answer.status_code == 422
    assert ANSWERS["illnesses"] in answer.text
    assert 'id="heart-error"' in answer.text
    assert ANSWERS["illnesses"] not in (await guest.get("/history")).text


async def test_the_form_asks_that_its_draft_is_kept(guest: Guest) -> None:
    assert 'data-session-draft="history"' in (await guest.get("/history")).text


@pytest.mark.browser
async def test_in_a_browser_what_was_typed_comes_back_after_the_next_login(browser: Browser) -> None:
    async with serving(make_settings()) as url:
        page = await browser.new_page(base_url=url)
        await log_in(page)
        await page.goto("/history")
        field = page.locator("form.long textarea").first
        async with page.expect_response(
            lambda answer: "/session/drafts/history" in answer.url and answer.request.method == "PUT"
        ):
            await field.fill("Since spring I cannot sleep")
        await page.click("header button")
        await page.wait_for_url("**/goodbye")
        await log_in(page)
        await page.goto("/history")
        await expect(page.locator("form.long textarea").first).to_have_value("Since spring I cannot sleep")

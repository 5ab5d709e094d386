import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from sessionward.demo.people import Person
from sessionward.demo.sample_people import ANA, IDA, NORA
from sessionward.demo.server import serving
from tests.demo.browsing import log_in
from tests.demo.trial import make_settings, make_trial

PUBLIC = ["/", "/login", "/goodbye", "/no-such-page", "/register", "/reset", "/reset/done"]
PRIVATE = ["/overview", "/records", "/records/rec-7f3a", "/records/rec-7f3a/print"]
PRIVATE += ["/messages", "/profile", "/email", "/password", "/appointments", "/documents", "/history"]
PRIVATE += ["/prescriptions", "/waiting-room", "/consultation", "/devices", "/export"]
STAFF = {
    IDA: ["/overview", "/patients", "/patients/ana", "/patients/ana/prescribe", "/messages"],
    NORA: ["/overview", "/administration/accounts"],
}
FILLED = {"/overview": "[data-fill=records] a", "/messages": "[data-fill=messages] h2"}


@pytest.mark.parametrize("path", ["/no-such-page", "/records/none/print/more"])
async def test_a_page_that_does_not_exist_says_so_in_the_clinics_own_way(path: str) -> None:
    answer = await make_trial().guest().get(path)
    assert answer.status_code == 404
    assert "Fjordview Clinic" in answer.text


async def test_the_api_answers_errors_as_json() -> None:
    answer = await make_trial().guest().get("/api/nothing")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})


async def test_a_file_that_does_not_exist_is_no_page() -> None:
    answer = await make_trial().guest().get("/static/nothing")
    assert (answer.status_code, answer.text) == (404, "Not Found")


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"])
async def test_no_file_outside_the_folder_of_shared_files_is_served(path: str) -> None:
    assert (await make_trial().guest().get(path)).status_code == 404


async def test_a_wrong_method_is_refused_with_the_right_ones() -> None:
    guest = make_trial().guest()
    answer = await guest.http.put("/login", headers=guest.own)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


@pytest.mark.browser
@pytest.mark.parametrize("scheme,width", [("light", 1100), ("dark", 320)])
async def test_every_page_passes_axe_and_keeps_its_own_policy(
    browser: Browser, scheme: str, width: int
) -> None:
    async with serving(make_settings()) as url:
        context = await browser.new_context(
            base_url=url,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 800},
        )
        page = await context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if "Policy" in message.text else None)
        for path in PUBLIC:
            wrong += await problems(page, path)
        await log_in(page)
        for path in PRIVATE:
            wrong += await problems(page, path)
        await page.goto("/password")
        await page.fill("#new_password", "short")
        await page.fill("#current_password", "wrong")
        await page.fill("#repeat_password", "x")
        await page.click("main button")
        wrong += await axe(page)
        assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("person", STAFF, ids=lambda person: person.id)
async def test_the_pages_of_those_who_work_here_pass_axe_on_a_phone(browser: Browser, person: Person) -> None:
    async with serving(make_settings()) as url:
        page = await browser.new_page(base_url=url, viewport={"width": 320, "height": 700})
        await log_in(page, person)
        assert [wrong for path in STAFF[person] for wrong in await problems(page, path)] == []


@pytest.mark.browser
async def test_with_a_keyboard_alone_an_appointment_is_cancelled_and_one_logs_out(browser: Browser) -> None:
    async with serving(make_settings()) as url:
        page = await browser.new_page(base_url=url)
        await log_in(page)
        await page.goto("/appointments")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")  # over the menu, to the content
        await page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert (await focused.get_attribute("aria-label") or "").startswith("Cancel ")
        await page.keyboard.press("Enter")
        await page.get_by_text("Your appointment is cancelled.").wait_for()
        for _ in range(3):
            await page.keyboard.press("Tab")
        assert await focused.inner_text() == "Log out"
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/goodbye")


@pytest.mark.browser
async def test_a_page_that_outlives_its_session_says_so_and_shows_nothing(browser: Browser) -> None:
    async with serving(make_settings()) as url:
        context = await browser.new_context(base_url=url)
        page = await context.new_page()
        await log_in(page)
        await page.route("**/api/me", lambda route: route.fulfill(status=401, body="{}"))
        await page.goto("/overview")
        await page.get_by_role("link", name="Log in again").wait_for()
        assert ANA.phone not in await page.content()


async def problems(page: Page, path: str) -> list[str]:
    """What is wrong with a page, once its script has filled it."""
    await page.goto(path)
    if path in FILLED:
        await page.wait_for_selector(FILLED[path])
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*([f"{path} is wider than the window"] if wide else []), *await axe(page)]


async def axe(page: Page) -> list[str]:
    found = await Axe().run(page)
    return [f"{page.url}: {each['id']}" for each in found.response["violations"]]

"""What tests do in a real browser."""

from playwright.async_api import Page

from sessionward.demo.people import Person
from sessionward.demo.sample_people import ANA
from tests.demo.trial import code_of


async def log_in(page: Page, person: Person = ANA) -> None:
    """Log in by the forms."""
    await page.goto("/login")
    await page.fill("#username", person.email)
    await page.fill("#password", person.password)
    await page.click("main button")
    if person.totp:
        await page.fill("#code", code_of(person))
        await page.click("main button")
    await page.wait_for_url("**/overview")

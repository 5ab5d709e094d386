"""The page: whole, escaped, told in words, and usable by everybody."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from sessionward.audit.browser.find import find_browser
from sessionward.audit.browser.launch import QUIET, is_root
from sessionward.audit.check import Confidence, Place, Verdict
from sessionward.audit.events import Event, Picture
from sessionward.audit.report.html_report import render_html
from sessionward.standards import requirement
from tests.audit.report import sample, sample_checks

RUNS = (
    sample.with_defects,
    sample.clean,
    sample.never_in,
    sample.stopped,
    sample.opening,
    sample.only_planned,
)
VOID = {"meta", "br", "line", "rect", "input", "img"}


def rendered(run: Callable[[], tuple[Event, ...]]) -> str:
    return render_html(sample.record_of(run())).decode()


class Balance(HTMLParser):
    """Finds tags that are closed in another order than they were opened, and ids that stand twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.hrefs += [values["href"] or ""] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.mark.parametrize("run", RUNS)
def test_tags_are_balanced_ids_are_unique_and_links_lead_somewhere(
    run: Callable[[], tuple[Event, ...]],
) -> None:
    balance = Balance()
    balance.feed(rendered(run))
    assert (balance.faults, balance.open) == ([], [])
    assert len(set(balance.ids)) == len(balance.ids)
    assert {href[1:] for href in balance.hrefs if href.startswith("#")} <= set(balance.ids)


def test_a_report_that_was_never_logged_in_says_so_first_and_is_not_green() -> None:
    text = rendered(sample.never_in)
    heading = re.sub(r"<[^>]+>|\s+", " ", text[text.index("<h1") : text.index("</h1>")])
    assert " ".join(heading.split()).startswith("Not tested : ? The audit was never logged in")
    assert 'class="result untested"' in text
    assert 'class="result held"' not in text


def test_hostile_text_stays_text() -> None:
    evil = "</pre></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"
    finding = sample.finding(
        replace(sample_checks.LOGOUT, title=evil, why=evil, fix=evil, personas=(evil,), requirements=(evil,)),
        Verdict.FAILED,
        evil,
        confidence=Confidence.CONFIRMED,
        evidence=(sample.act(0.0, evil, evil, party=evil),),
        where=(Place(method="GET", url=f"javascript:{evil}"),),
        reproduce=evil,
    )
    record = replace(sample.record_of(sample.judged([finding])), target=evil, why=evil, facts=(evil,))
    text = render_html(record).decode()
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "49" not in re.sub(r"sha256-\S+", "", text)


def test_no_secret_that_an_app_handed_out_unasked_is_shown() -> None:
    leaky = replace(sample.replay(0.1), response="HTTP 200\nSet-Cookie: sid=0badcafe0badcafe; Path=/")
    finding = sample.finding(
        sample_checks.LOGOUT, Verdict.FAILED, "seen", confidence=Confidence.CONFIRMED, evidence=(leaky,)
    )
    assert "0badcafe" not in render_html(sample.record_of(sample.judged([finding]))).decode()


def test_it_needs_nothing_from_elsewhere() -> None:
    text = rendered(sample.with_defects)
    assert "default-src &#39;none&#39;" in text
    assert not re.search(r"<(?:link|img|iframe|object|script src)|@import|url\(", text)


def test_what_to_do_first_tells_what_is_only_suspected() -> None:
    first = rendered(sample.with_defects).partition('class="advice"')[2].partition("</ol>")[0]
    assert first.count("<li>") == 3
    assert [item.count("(suspected)") for item in first.split("<li>")[1:]] == [0, 0, 1]


def test_each_step_of_the_experiment_is_there_with_its_control() -> None:
    text = rendered(sample.with_defects)
    for words in ("Control: positive control", "Control: random token", "Control: no token", "Decides"):
        assert words in text
    assert "an invented token opens nothing" in text
    assert requirement("ASVS-7.4.1").link in text


def test_the_same_record_is_the_same_page() -> None:
    assert rendered(sample.with_defects) == rendered(sample.with_defects)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = [*QUIET, *(["--no-sandbox"] if is_root() else [])]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_page(run: Callable[[], tuple[Event, ...]], *, width: int = 1100, dark: bool = False) -> Page:
        path = tmp_path / "report.html"
        path.write_bytes(render_html(sample.record_of(run())))
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("run", [sample.with_defects, sample.never_in, sample.clean])
@pytest.mark.parametrize("dark", [False, True])
def test_nobody_is_shut_out(
    opened: Callable[..., Page], run: Callable[[], tuple[Event, ...]], dark: object
) -> None:
    page = opened(run, dark=bool(dark))
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    results = Axe().run(page)
    assert [(found["id"], found["nodes"][0]["html"]) for found in results.response["violations"]] == []


@pytest.mark.browser
def test_a_narrow_screen_never_scrolls_sideways(opened: Callable[..., Page]) -> None:
    page = opened(sample.with_defects, width=320)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
def test_it_loads_nothing_and_its_script_is_allowed_to_run(opened: Callable[..., Page]) -> None:
    page = opened(sample.with_defects)
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    assert complaints == []
    assert [url for url in requests if not url.startswith("file:")] == []
    assert page.get_by_role("button", name="Copy").count() == page.locator("pre.copy:visible").count() > 0


@pytest.mark.browser
def test_the_keyboard_reaches_the_result_and_opens_what_is_folded(opened: Callable[..., Page]) -> None:
    page = opened(sample.with_defects)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#result"
    folded = page.locator("#passed summary").first
    folded.focus()
    page.keyboard.press("Enter")
    assert page.locator("#passed details").first.get_attribute("open") is not None


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_the_code_of_each_framework_is_reached_by_keyboard_with_and_without_script(
    chromium: Browser, tmp_path: Path, script: object
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(render_html(sample.record_of(sample.with_defects())))
    page = chromium.new_page(java_script_enabled=bool(script))
    page.goto(path.as_uri())
    tabs = page.locator("#logout-keeps-token-alive").locator("xpath=ancestor::article").locator(".tabs")
    tabs.get_by_label("Django", exact=True).focus()
    for framework in ("Flask", "FastAPI", "Express", "Spring", "PHP", "Django"):
        page.keyboard.press("ArrowRight")
        assert tabs.locator("pre:visible").get_attribute("aria-label") == (
            f"Code for {framework}: Logging out leaves the token alive"
        )
    page.close()


@pytest.mark.browser
def test_paper_shows_the_code_of_every_framework(opened: Callable[..., Page]) -> None:
    page = opened(sample.with_defects)
    page.emulate_media(media="print")
    tabs = page.locator(".tabs").first
    assert tabs.locator("pre:visible").count() == 6
    assert page.locator("button:visible, .tabs label:visible").count() == 0


@pytest.mark.browser
def test_paper_shows_what_the_screen_folds(opened: Callable[..., Page]) -> None:
    page = opened(sample.with_defects)
    before = page.locator("details[open]").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == before


@pytest.mark.browser
def test_a_picture_is_drawn_though_the_page_may_load_nothing(
    opened: Callable[..., Page], chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 64, "height": 36})
    jpeg = context.new_page().screenshot(type="jpeg")
    context.close()

    def run() -> tuple[Event, ...]:
        pictured = replace(sample.proven()[0], pictures=(Picture(caption="owner logs <out>", jpeg=jpeg),))
        return (*sample.opening(), sample.scene_ready(), *sample.judged([pictured]))

    page = opened(run)
    assert page.locator("figure img").evaluate("image => image.naturalWidth") == 64
    assert "owner logs <out>" in (page.locator("figure img").get_attribute("alt") or "")
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []

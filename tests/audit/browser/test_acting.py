import json

import pytest

from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import DriverError
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
MOVING = "<style>@keyframes m { to { margin-left: 300px } } button { animation: m 1s infinite }</style>"
SAY = "onclick=\"document.title = 'clicked'\""


@pytest.mark.parametrize(
    "html",
    [
        f"<button {SAY}>go</button><div style='position:fixed;inset:0;background:#fff8'></div>",
        f"<button {SAY} style='display:none'>go</button>",
        f"<div style='height:5000px'></div><button {SAY}>go</button>",
        f"<svg width=20 height=20 role=button {SAY}><rect width=20 height=20></rect></svg>",
        f"{MOVING}<button {SAY}>go</button>",
    ],
    ids=["covered", "hidden", "far-down", "drawing", "moving"],
)
async def test_what_a_script_can_click_is_clicked(tab: BrowserTab, site: Site, html: str) -> None:
    screen = await tab.go(site.page(html))
    await tab.click(screen.elements[0])
    assert (await tab.look()).title == "clicked"


async def test_a_click_that_keeps_the_page_busy_is_made_once(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            '<script>n = 0</script><button onclick="document.title = ++n; const end = Date.now() + 3500;'
            'while (Date.now() < end);">go</button>'
        )
    )
    await tab.click(screen.elements[0])
    assert (await tab.look()).title == "1"


FIELDS = [
    ("<input value=old>", "new text"),
    ("<input type=password>", "päss word"),
    ("<textarea>old</textarea>", "two\nlines"),
    ("<input type=email>", "a@b.test"),
    ("<input type=number>", "42"),
    ("<input type=date>", "1990-05-17"),
    ("<input value=old>", ""),
    ("<input readonly onfocus='this.removeAttribute(\"readonly\")'>", "late"),
    ("<input style='opacity:0;height:0;width:0;position:absolute'>", "hidden"),
]


@pytest.mark.parametrize("html,text", FIELDS)
async def test_a_field_takes_the_text(tab: BrowserTab, site: Site, html: str, text: str) -> None:
    screen = await tab.go(
        site.page(
            f"{html}<button onclick=\"document.body.dataset.said = document.querySelector('input,textarea').value;"
            'document.title = JSON.stringify(document.body.dataset.said)">say</button>'
        )
    )
    await tab.fill(screen.elements[0], text)
    await tab.click(screen.elements[-1])
    assert (await tab.look()).title == json.dumps(text, ensure_ascii=False)


async def test_a_page_that_listens_to_keys_hears_one(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<input onkeyup='go.disabled = false' oninput='document.title = this.value'>"
            "<button id=go disabled>go</button>"
        )
    )
    await tab.fill(screen.elements[0], "abc")
    after = await tab.look()
    assert after.title == "abc"
    assert after.elements[1].enabled


async def test_a_field_that_takes_nothing_is_told(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<input disabled>"))
    with pytest.raises(DriverError, match="cannot be written to"):
        await tab.fill(screen.elements[0], "x")


TOGGLE = "this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')"
BOXES = [
    "<input type=checkbox>",
    "<label><input type=checkbox style='display:none'><span>Remember</span></label>",
    f'<div role=switch aria-checked=false tabindex=0 onclick="{TOGGLE}">Remember</div>',
]


@pytest.mark.parametrize("html", BOXES, ids=["plain", "styled", "switch"])
async def test_a_box_is_set_and_unset(tab: BrowserTab, site: Site, html: str) -> None:
    screen = await tab.go(site.page(html))
    for on in (True, True, False, False):
        await tab.check(screen.elements[0], on=on)
        assert (await tab.look()).elements[0].checked is on


async def test_a_box_that_stays_as_it_is_is_told(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<input type=checkbox onclick='return false'>"))
    with pytest.raises(DriverError, match="could not be turned on"):
        await tab.check(screen.elements[0], on=True)


async def test_an_option_that_a_list_lacks_is_told(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<select><option value=a>A</select>"))
    with pytest.raises(DriverError, match="does not have that option"):
        await tab.choose(screen.elements[0], "b")


async def test_a_removed_field_is_neither_seen_nor_sent(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<form action=/removed><input name=current required><input name=new value=n><button>go</button></form>"
        )
    )
    await tab.remove(screen.elements[0])
    after = await tab.look()
    assert [element.field for element in after.elements] == ["new", ""]
    await tab.click(after.elements[1])
    assert (await tab.look()).url == f"{site.origin}/removed?new=n"

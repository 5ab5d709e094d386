"""Pictures without anything private: two pages that differ in nothing but their words give the same picture."""

from urllib.parse import quote

import pytest

from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.browser.veil import LARGEST
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGE = """
<style>
  body {{ font: 16px monospace }} .name::after {{ content: "{name}" }} a, button {{ display: inline-block }}
  .loud {{ -webkit-text-security: none !important; background-image: url({image}) }}
</style>
<h1>{name}</h1> <p class=name>Dear <b>{name}</b></p> <p class=loud>{name}</p>
<form><label>Password <input value="{name}"></label> <input placeholder="{name}">
<textarea>{name}</textarea> <select><option>{name}</select> <input type=submit value="{name}">
<label>E-mail <input type=email value="{name}@x.example"></label></form>
<ul><li>{name}</ul> <details open><summary>{name}</summary>{name}</details>
<svg width=200 height=30><text x=5 y=20>{name}</text></svg> <img alt="{name}" src="{image}" width=80 height=20>
<iframe width=200 height=40 srcdoc="<p>{name}</p>"></iframe> <div id=host></div> <canvas width=200 height=30></canvas>
<p contenteditable>{name}</p> <button>Log out</button> <button>{name}</button>
<script>
  host.attachShadow({{mode: "open"}}).innerHTML = "<p>{name}</p><img alt='{name}' src='{image}' width=9 height=9>";
  document.querySelector("canvas").getContext("2d").fillText("{name}", 5, 20);
</script>
"""
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='99' height='99' fill='{}'/></svg>"
NOTHING: tuple[str, ...] = ()


def nobody(caption: str) -> bool:
    return not caption


def log_out(caption: str) -> bool:
    return caption in {"Log out", "Password"}


async def pictured(
    tab: BrowserTab, site: Site, name: str, colour: str, private: tuple[str, ...] = ()
) -> bytes:
    await tab.go(
        site.page(PAGE.format(name=name, image=f"data:image/svg+xml,{quote(SQUARE.format(colour))}"))
    )
    return await tab.picture(private=private, harmless=log_out)


async def test_a_picture_holds_no_letter_of_the_page(tab: BrowserTab, site: Site) -> None:
    one = await pictured(tab, site, "Ana Silva 1980", "red")
    other = await pictured(tab, site, "Eve Morel 2001", "green")
    assert one == other
    assert one.startswith(b"\xff\xd8\xff")
    assert len(one) <= LARGEST


async def test_captions_that_are_harmless_can_be_read(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<button>Log out</button>"))
    opened = await tab.picture(private=NOTHING, harmless=log_out)
    assert opened != await tab.picture(private=NOTHING, harmless=nobody)


async def test_the_places_of_private_texts_are_framed_without_being_shown(
    tab: BrowserTab, site: Site
) -> None:
    plain = await pictured(tab, site, "Ana Silva 1980", "red")
    framed = await pictured(tab, site, "Ana Silva 1980", "red", ("Ana Silva",))
    other = await pictured(tab, site, "Eve Morel 2001", "red", ("Eve Morel",))
    assert framed == other != plain


async def test_the_page_is_afterwards_as_it_was(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p style='outline: 1px dotted'>Ana Silva</p><button>Log out</button>"))
    before = await tab._window.page.content()  # noqa: SLF001 — what a probe would find there next
    await tab.picture(private=("Ana Silva",), harmless=log_out)
    assert await tab._window.page.content() == before  # noqa: SLF001
    assert await tab._window.page.evaluate("document.adoptedStyleSheets.length") == 0  # noqa: SLF001


async def test_where_a_page_resists_there_is_no_picture(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p style='-webkit-text-security: none !important'>Ana Silva</p>"))
    assert await tab.picture(private=NOTHING, harmless=nobody) == b""


async def test_a_page_with_much_to_see_still_gives_a_small_picture(tab: BrowserTab, site: Site) -> None:
    cells = "".join(f"<i style='background:hsl({n * 37 % 360} 90% 50%)'>{n}</i>" for n in range(4000))
    await tab.go(site.page(f"<style>i {{ display: inline-block; width: 9px; height: 9px }}</style>{cells}"))
    assert len(await tab.picture(private=NOTHING, harmless=nobody)) <= LARGEST

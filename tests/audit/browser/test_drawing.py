import pytest

from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import DriverError, Element, Screen
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def named(screen: Screen, name: str) -> Element:
    found = [element for element in screen.elements if element.name == name]
    assert len(found) == 1, [element.name for element in screen.elements]
    return found[0]


NAMED = [
    ("<label for=a>First name</label><input id=a>", "First name"),
    ("<label>Town <input></label>", "Town"),
    ('<span id=x>Your</span> <span id=y>street</span><input aria-labelledby="x y">', "Your street"),
    ('<button aria-label="Log out"><svg></svg></button>', "Log out"),
    ('<a href=/x><img src=/i.png alt="Profile"></a>', "Profile"),
    ("<a href=/x><svg><title>Sign out</title></svg></a>", "Sign out"),
    ('<button title="Close"><i class=icon></i></button>', "Close"),
    ('<input placeholder="Search">', "Search"),
    ('<input type=submit value="Anmelden">', "Anmelden"),
    ("<table><tr><td>User name</td><td><input name=u></td></tr></table>", "User name"),
    ("Password: <input type=password>", "Password:"),
    ("<div>Insurance</div><div><input></div>", "Insurance"),
    ("<div role=button>Go   <b>on</b></div>", "Go on"),
    ("<div onclick='x()'>Old way</div>", "Old way"),
    ("<div style='cursor:pointer'>Card <span>inside</span></div>", "Card inside"),
    ("<details><summary>More</summary></details>", "More"),
    ("<button aria-labelledby=none>Fallback</button>", "Fallback"),
]


@pytest.mark.parametrize("html,name", NAMED)
async def test_an_element_bears_the_name_a_person_reads(
    tab: BrowserTab, site: Site, html: str, name: str
) -> None:
    screen = await tab.go(site.page(html))
    assert [element.name for element in screen.elements] == [name]


async def test_a_field_is_described(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<form action=/send method=POST id=f><input type=email name=mail id=m autocomplete=Username "
            "inputmode=email maxlength=40 required placeholder=Mail value=a@b></form>"
        )
    )
    element = screen.elements[0]
    assert (element.tag, element.type, element.field, element.id) == ("input", "email", "mail", "m")
    assert (element.autocomplete, element.inputmode, element.maxlength) == ("username", "email", 40)
    assert (element.required, element.value, element.form) == (True, "a@b", 0)
    assert (screen.forms[0].action, screen.forms[0].method, screen.forms[0].hints) == (
        f"{site.origin}/send",
        "post",
        "f",
    )


async def test_a_form_whose_fields_hide_its_own_properties_is_read(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page("<form action=/a><input name=action><input name=method><input name=id></form>")
    )
    assert screen.forms[0].action == f"{site.origin}/a"


async def test_a_password_is_never_read_out(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<input type=password value=hunter2>"))
    assert screen.elements[0].value == ""
    assert "hunter2" not in repr(screen)


HIDDEN = [
    "display:none",
    "visibility:hidden",
    "opacity:0",
    "position:absolute;left:-9999px",
    "width:1px;height:1px;overflow:hidden;position:absolute;clip:rect(0,0,0,0)",
    "position:absolute;clip-path:inset(50%)",
    "position:fixed;left:100%;width:200px;height:20px",
]


@pytest.mark.parametrize("style", HIDDEN)
async def test_what_nobody_sees_is_not_visible(tab: BrowserTab, site: Site, style: str) -> None:
    screen = await tab.go(site.page(f'<button style="{style}">x</button><button>seen</button>'))
    assert [element.visible for element in screen.elements] == [False, True]


async def test_what_a_closed_fold_hides_is_not_visible(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<div style='height:0;overflow:hidden'><p><a href=/x>in</a></p></div>"))
    assert not named(screen, "in").visible


async def test_a_check_box_drawn_by_its_label_is_visible(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page("<input type=checkbox id=c style='display:none'><label for=c>Remember</label>")
    )
    assert named(screen, "Remember").visible


async def test_hidden_fields_are_no_elements(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<input type=hidden name=csrf value=secret-of-the-form>"))
    assert screen.elements == ()
    assert "secret-of-the-form" not in repr(screen)


async def test_surroundings_are_told(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<header><a href=/a>in header</a></header><nav><a href=/b>in nav</a></nav>"
            "<main><a href=/c>in main</a></main><footer><a href=/d>in footer</a></footer>"
            "<div role=dialog><button>in dialog</button></div><button>nowhere</button>"
        )
    )
    assert {element.name: element.landmark for element in screen.elements} == {
        "in header": "banner",
        "in nav": "navigation",
        "in main": "main",
        "in footer": "contentinfo",
        "in dialog": "dialog",
        "nowhere": "",
    }
    assert named(screen, "in dialog").in_dialog


async def test_a_menu_tells_that_it_opens(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<button aria-haspopup=menu>A</button><button aria-expanded=true>B</button>"
            "<a href=# data-bs-toggle=dropdown>C</a><button>D</button>"
        )
    )
    assert [(element.expands, element.expanded) for element in screen.elements] == [
        (True, False),
        (True, True),
        (True, False),
        (False, False),
    ]


async def test_an_icon_is_hinted_at(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            '<button class="Btn" data-Action="end"><svg><use href="/s.svg#Log-Out"></use></svg></button>'
            '<a href=/x><i class="fa fa-sign-out"></i></a><a href=/y><img src="/img/logout.png?x"></a>'
        )
    )
    hints = [element.hints for element in screen.elements]
    assert "btn" in hints[0]
    assert "end" in hints[0]
    assert "log-out" in hints[0]
    assert "fa-sign-out" in hints[1]
    assert "logout.png" in hints[2]


SHADOW = """<p>outside</p><app-root></app-root><script>
customElements.define("app-root", class extends HTMLElement { connectedCallback() {
  const root = this.attachShadow({ mode: "open" });
  root.innerHTML = "<form action=/in><label>Name <input name=n></label><my-button></my-button></form>" +
    "<p>in the shade</p>";
} });
customElements.define("my-button", class extends HTMLElement { connectedCallback() {
  this.attachShadow({ mode: "open" }).innerHTML = "<button onclick='document.title=\\"clicked\\"'>Deep</button>";
} });
</script>"""


async def test_open_shadow_roots_are_seen_through(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page(SHADOW))
    assert [element.name for element in screen.elements] == ["Name", "Deep"]
    assert "in the shade" in screen.text
    await tab.click(named(screen, "Deep"))
    assert (await tab.look()).title == "clicked"


async def test_frames_of_the_app_are_part_of_the_page(tab: BrowserTab, site: Site) -> None:
    inner = site.page("<form action=/in><input name=user placeholder=User></form><p>framed text</p>")
    screen = await tab.go(
        site.page(
            f"<form action=/out></form><div style='height:100px'></div><iframe src={inner} name=login></iframe>"
        )
    )
    element = named(screen, "User")
    assert element.frame == "login"
    assert screen.forms[element.form].action == f"{site.origin}/in"
    assert element.box[1] > 100
    assert "framed text" in screen.text
    await tab.fill(element, "ana")
    assert named(await tab.look(), "User").value == "ana"


async def test_a_hidden_frame_is_no_part_of_it(tab: BrowserTab, site: Site) -> None:
    inner = site.page("<button>in the dark</button>")
    screen = await tab.go(site.page(f"<iframe src={inner} style='display:none'></iframe>"))
    assert screen.elements == ()
    assert "in the dark" not in screen.text


@pytest.mark.slow
async def test_a_page_of_twenty_megabytes_is_drawn(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(f"{site.origin}/big")
    assert len(screen.text) <= 200_000
    assert 100 < len(screen.elements) <= 800
    assert named(screen, "Log out").landmark == "navigation"
    assert int(screen.elements[-1].href.rpartition("/")[2]) > 1000


async def test_an_element_of_an_earlier_look_can_be_used(tab: BrowserTab, site: Site) -> None:
    first = await tab.go(site.page("<button onclick='document.title=1'>a</button><button>b</button>"))
    await tab.look()
    await tab.click(first.elements[0])
    assert (await tab.look()).title == "1"


REDRAWN = """<div id=r></div><script>
function draw() { r.innerHTML = "<button onclick='document.title=1'>Save</button>"; } draw();</script>
<button onclick="draw()">again</button><button onclick="r.remove()">away</button>"""


async def test_an_element_that_was_drawn_anew_is_found_again(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page(REDRAWN))
    await tab.click(named(screen, "again"))
    await tab.click(named(screen, "Save"))
    assert (await tab.look()).title == "1"


async def test_an_element_that_is_gone_is_said_to_be(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page(REDRAWN))
    await tab.click(named(screen, "away"))
    with pytest.raises(DriverError, match=r"The page changed: the button “Save” is no longer there"):
        await tab.click(named(screen, "Save"))


async def test_an_element_of_another_page_is_said_to_be_gone(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<button>Save</button>"))
    await tab.go(site.page("<p>other</p>"))
    with pytest.raises(DriverError, match="no longer there"):
        await tab.click(screen.elements[0])


async def test_language_status_and_title_are_told(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<p>gone</p>", status=410))
    assert (screen.language, screen.status, screen.title) == ("en", 410, "A page")
    assert screen.text == "gone"


async def test_a_selector_finds_an_element(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<form id=f><input name=a><input name=b></form>"))
    by_name, by_wrapper = await tab.query("[name=b]"), await tab.query("#f")
    assert by_name
    assert by_name.field == "b"
    assert by_wrapper
    assert by_wrapper.field == "a"
    assert await tab.query(".none") is None


async def test_a_selector_that_is_none_is_said_to_be(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p>x</p>"))
    with pytest.raises(DriverError, match="not a valid selector"):
        await tab.query("[[")

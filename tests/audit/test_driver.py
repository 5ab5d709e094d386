from sessionward.audit.driver import (
    Driver,
    DriverError,
    Element,
    OutOfScope,
    Screen,
    Tab,
    TargetUnreachable,
    WebStorage,
)
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.fake_driver import FakeDriver


async def test_a_fake_that_fulfils_the_protocol_needs_no_browser() -> None:
    driver: Driver = FakeDriver(FakeApp())
    tab: Tab = await driver.open()
    assert (await tab.go(START)).url == f"{START}login"
    assert driver.requests == 2


def test_whoever_minds_that_a_page_fails_minds_every_way_of_it() -> None:
    assert issubclass(TargetUnreachable, DriverError)
    assert issubclass(OutOfScope, DriverError)


def test_what_a_page_shows_and_stores_is_kept_out_of_reprs() -> None:
    assert "Ana" not in repr(Screen(url="/", title="", text="Ana"))
    assert "s3cret" not in repr(WebStorage(cookie="sid=s3cret", items=(("local", "token", "s3cret"),)))


def test_an_element_is_a_visible_thing_outside_forms_unless_said_otherwise() -> None:
    element = Element(ref="1", tag="a")
    assert element.visible
    assert element.enabled
    assert (element.form, element.maxlength) == (-1, -1)

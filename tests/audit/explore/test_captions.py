"""Names for fields that have none."""

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.captions import captioned


def words(ref: str, name: str, *box: float, tag: str = "div") -> Element:
    x, y, width, height = box
    return Element(ref=ref, tag=tag, name=name, box=(x, y, width, height))


def field(ref: str, *box: float, name: str = "", placeholder: str = "") -> Element:
    x, y, width, height = box
    return Element(
        ref=ref, tag="input", type="text", name=name, placeholder=placeholder, box=(x, y, width, height)
    )


def names(*elements: Element) -> list[str]:
    screen = Screen(url="http://app.test/", title="", text="", elements=elements)
    return [each.name for each in captioned(screen).elements]


def test_what_stands_right_above_is_the_name() -> None:
    assert names(
        words("1", "Far", 0, 0, 90, 20), words("2", "Phone", 0, 60, 90, 20), field("3", 5, 85, 200, 30)
    ) == [
        "Far",
        "Phone",
        "Phone",
    ]


def test_what_stands_before_it_in_the_line_is_the_name() -> None:
    assert names(words("1", "Phone", 0, 5, 90, 20), field("2", 120, 0, 200, 30))[-1] == "Phone"


def test_a_placeholder_is_no_name() -> None:
    given = field("2", 0, 25, 200, 30, name="+1 …", placeholder="+1 …")
    assert names(words("1", "Phone", 0, 0, 90, 20), given)[-1] == "Phone"


def test_a_name_stays() -> None:
    assert names(words("1", "Phone", 0, 0, 90, 20), field("2", 0, 25, 200, 30, name="Mobile"))[-1] == "Mobile"


def test_a_column_beside_and_a_button_above_are_no_names() -> None:
    beside = words("1", "Other", 400, 0, 90, 20)
    button = words("2", "Edit", 0, 0, 90, 20, tag="button")
    assert names(beside, button, field("3", 0, 25, 200, 30))[-1] == ""

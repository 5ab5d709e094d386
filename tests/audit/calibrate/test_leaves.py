import pytest

from sessionward.audit.calibrate.leaves import MOST, leaves
from sessionward.http import Response
from tests.audit.calibrate.simulated import data, page


def places(response: Response) -> dict[str, str]:
    return {leaf.place: leaf.value for leaf in leaves(response)}


def test_json_leaves_have_the_place_and_the_key() -> None:
    found = leaves(
        data({"user": {"email": "a@b.org", "tags": ["x", "y"]}, "id": 12, "on": True, "none": None})
    )
    assert [(leaf.place, leaf.key, leaf.value, leaf.number) for leaf in found] == [
        ("$.user.email", "email", "a@b.org", False),
        ("$.user.tags[]", "tags", "x", False),
        ("$.user.tags[]", "tags", "y", False),
        ("$.id", "id", "12", True),
    ]


def test_html_leaves_are_texts_and_telling_attributes() -> None:
    found = places(page('<p title="Hint">Hello <b>Ana&amp;Co</b></p><input name="mail" value="a@b.org">'))
    assert found["html/body/p"] == "Hello"
    assert found["html/body/p/b"] == "Ana&Co"
    assert found["html/body/p[]@title"] == "Hint"
    assert found["html/body/input[mail]@value"] == "a@b.org"


def test_a_field_gives_its_name_to_what_stands_in_it() -> None:
    keys = {leaf.value: leaf.key for leaf in leaves(page('<input name="phone" value="0171 1234567">'))}
    assert keys["0171 1234567"] == "phone"


def test_scripts_are_read_as_json_or_for_their_texts_and_styles_are_not() -> None:
    found = {
        leaf.value
        for leaf in leaves(
            page(
                '<script type="application/json">{"name": "Ana Reyes"}</script>'
                "<script>var mail = 'ana@b.org';</script><style>p {color: red}</style>"
            )
        )
    }
    assert {"Ana Reyes", "ana@b.org"} <= found
    assert not any("color" in value for value in found)


def test_a_guard_before_json_is_passed_over() -> None:
    response = Response(
        status=200, headers=(("Content-Type", "application/json"),), body=b')]}\',\n{"a": "bcd"}'
    )
    assert places(response) == {"$.a": "bcd"}


def test_broken_json_and_plain_text_are_read_by_lines() -> None:
    response = Response(
        status=200, headers=(("Content-Type", "application/json"),), body=b"{oops\n\nAna Reyes\n"
    )
    assert [leaf.value for leaf in leaves(response)] == ["{oops", "Ana Reyes"]


@pytest.mark.parametrize("html", ["<b><i>x</b></i>", "</p></p>text", "<script>", "<a href=", "<!--"])
def test_broken_html_is_forgiven(html: str) -> None:
    assert isinstance(leaves(page(html)), tuple)


def test_no_more_leaves_than_the_bound_are_read() -> None:
    assert len(leaves(data([str(number) for number in range(MOST + 50)]))) == MOST

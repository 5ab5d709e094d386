import pytest

from sessionward.audit.calibrate.objects import address, collection, names, with_id
from sessionward.audit.driver import Element
from sessionward.audit.explore.forms import Filler
from tests.audit.calibrate.simulated import get, post


@pytest.mark.parametrize(
    "path, values",
    [
        ("/letters/12", ["12"]),
        ("/records/rec-7f3a/print", ["rec-7f3a"]),
        ("/files/MRN-1042", ["MRN-1042"]),
        (
            "/people/5f0c0c9e-3a51-4a0d-9f7c-0c6f3a2b1d00/letters/3",
            ["5f0c0c9e-3a51-4a0d-9f7c-0c6f3a2b1d00", "3"],
        ),
        ("/export?patient=17&page=2", ["17"]),
        ("/find?q=MRN-1042", ["MRN-1042"]),
        ("/api/v2/me", []),
        ("/api/v10/me", []),
        ("/calendar/2026-11-21", []),
        ("/records/new", []),
        ("/overview?year=2026&limit=20", []),
    ],
)
def test_ids_are_told_from_words_and_from_how_to_show_things(path: str, values: list[str]) -> None:
    assert [name.value for name in names(get(path))] == values


def test_a_search_for_what_was_typed_while_exploring_names_no_object() -> None:
    field = Element(ref="1", tag="input", type="text", name="Search", field="q")
    typed = Filler(seed=3).value(field)
    assert names(get(f"/find?q={typed}&id=start")) == ()


def test_a_username_in_an_address_names_the_account() -> None:
    assert [name.value for name in names(get("/people/Ana"), ("ana",))] == ["Ana"]
    assert names(get("/people/Ana")) == ()


def test_ids_in_a_body_are_found_and_replaced_in_their_kind() -> None:
    request = post("/api/search", {"filter": {"patient": 17}, "page": 3})
    (name,) = names(request)
    assert (name.place, name.value) == (("body", "patient"), "17")
    assert with_id(request, name, "18").body == b'{"filter": {"patient": 18}, "page": 3}'


def test_an_id_is_replaced_where_it_stands_and_nowhere_else() -> None:
    path = get("/people/12/letters/12")
    first, second = names(path)
    assert with_id(path, first, "9").url.endswith("/people/9/letters/12")
    assert with_id(path, second, "a/b").url.endswith("/people/12/letters/a%2Fb")
    query = get("/export?patient=17&kind=17")
    assert with_id(query, names(query)[0], "18").url.endswith("?patient=18&kind=17")


def test_an_object_is_offered_by_its_path_or_by_its_parameter() -> None:
    path, query = get("/letters/12/print"), get("/export?patient=17")
    assert address(path, names(path)[0]) == "/letters/12"
    assert address(query, names(query)[0]) == "patient=17"


def test_the_list_of_an_object_is_the_path_before_its_id() -> None:
    assert collection(get("/api/letters/12/print")) == "/api/letters"
    assert collection(get("/export?patient=17")) == ""

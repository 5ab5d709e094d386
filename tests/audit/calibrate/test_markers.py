from typing import Any

from sessionward.audit.calibrate.markers import Side, find_markers, held_text
from sessionward.http import Response
from tests.audit.calibrate.simulated import cookies, data, get, page


def side(text: str | Response, *others: str, **more: Any) -> Side:
    response = text if isinstance(text, Response) else page(text)
    more.setdefault("known", ("ann",))
    return Side(
        request=more.pop("request", get("/home")),
        with_it=(response, *more.pop("again", ())),
        without=tuple(page(other).text for other in others),
        **more,
    )


def marks(text: str, *others: str, **more: Any) -> tuple[str, ...]:
    return find_markers(side(text, *others, **more)).texts


def test_a_short_name_is_looked_for_with_what_stands_around_it() -> None:
    (marker,) = marks("<p>Hello <b>ann</b></p>", "<p>Hello <b>anna</b></p>")
    assert "ann<" in marker
    assert marker not in "<p>Hello <b>anna</b></p>"


def test_an_address_is_a_marker_as_it_is() -> None:
    assert marks("<p>ann@b.org</p>", "<p>x</p>", known=("ann@b.org",)) == ("ann@b.org",)


def test_an_address_that_ends_another_is_told_by_what_stands_before_it() -> None:
    (marker,) = marks("<p>ann@b.org</p>", "<p>joann@b.org</p>", known=("ann@b.org",))
    assert marker == ">ann@b.org<"


def test_a_name_inside_a_longer_address_is_not_the_name() -> None:
    assert marks('<a href="/x">mail ann.lee@b.org</a>', "<p>x</p>", known=("ann",)) == ("mail ann.lee@b.org",)


def test_a_text_in_the_request_is_no_marker() -> None:
    assert marks("<p>ann</p>", "<p>x</p>", request=get("/people/ann")) == ()
    assert marks("<p>Ann B</p>", "<p>x</p>", known=("Ann B",), request=get("/people?q=ann%20b")) == ()


def test_the_way_an_answer_writes_a_text_is_kept() -> None:
    assert marks("<p>O&#x27;Neil &amp; Co</p>", "", known=("O'Neil & Co",))[0].count("O&#x27;Neil &amp; Co")
    encoded = data({"n": "Zoë Ångström"})
    assert find_markers(side(encoded, "", known=("Zoë Ångström",))).texts == (
        "Zo\\u00eb \\u00c5ngstr\\u00f6m",
    )


def test_what_only_one_session_shows_is_no_marker() -> None:
    (marker,) = marks("<p>n81 <b>ann</b></p>", "<p>x</p>", again=(page("<p>n92 <b>ann</b></p>"),))
    assert "81" not in marker


def test_digits_around_a_name_are_left_out() -> None:
    (marker,) = marks("<p>Hello ann 10:34</p>", "<p>x</p>")
    assert not any(character.isdigit() for character in marker)


def test_a_place_outside_of_fields_is_preferred() -> None:
    assert "Hello ann!" in marks('<input name="u" value="ann"><p>Hello ann!</p>', "<p>x</p>")[0]


def test_a_place_that_a_refused_login_does_not_repeat_is_preferred() -> None:
    refused = "<div class='frame'><p>No login for ann!</p></div>"
    markers = marks(f"{refused}<i>Hello ann.</i>", "", doubtful=(page(refused).text,))
    assert markers[0] not in page(refused).text


def test_a_text_that_a_token_says_must_not_be_what_the_token_alone_is_answered() -> None:
    echo = page("<p>Hello <b>ann</b></p>")
    other, login = "<p>Hello <b>bob</b></p>", page("<p>Log in</p>")
    assert marks("<p>Hello <b>ann</b></p>", other, held="ann", echoes=(echo.text,)) == ()
    assert marks("<p>Hello <b>ann</b></p>", other, held="ann", echoes=(login.text,))


def test_personal_leaves_are_taken_where_nothing_known_stands() -> None:
    answer = data(
        {"id": 12, "displayName": "Mira Koch", "csrfToken": "Ahx7", "seen": "2025-01-01", "mood": "fine day"}
    )
    found = find_markers(side(answer, "", known=("u1",)))
    assert found.texts == ("Mira Koch",)
    assert not found.weak


def test_a_number_is_a_marker_only_with_its_name_and_its_end() -> None:
    assert find_markers(side(data({"user_id": 12}), "", known=())).texts == ('{"user_id": 12}',)


def test_ordinary_words_are_weak() -> None:
    assert find_markers(side("<p>Three visits planned</p>", "<p>Nothing planned</p>", known=())).weak


def test_what_stands_in_the_other_partys_answer_is_no_marker() -> None:
    assert marks("<p>Welcome Mira</p>", "<p>Welcome Mira</p>", known=()) == ()


def test_where_the_other_party_was_not_let_in_only_known_texts_are_added() -> None:
    answer = data({"email": "ann@b.org", "role": {"name": "x", "title": "y", "nickname": "Clinician"}})
    more: dict[str, Any] = {"known": ("ann@b.org",)}
    assert find_markers(side(answer, "", **more)).texts == ("ann@b.org", "Clinician")
    assert find_markers(side(answer, "", lonely=True, **more)).texts == ("ann@b.org",)


def test_what_tokens_say_is_read_decoded() -> None:
    assert "ann@b.org" in held_text(cookies(u="ann%40b.org"))

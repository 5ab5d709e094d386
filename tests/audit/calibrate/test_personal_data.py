from typing import Any

from sessionward.audit.calibrate import Material, Witness
from sessionward.audit.calibrate.personal_data import personal_exchanges
from sessionward.http import Exchange, Response, TokenSet
from tests.audit.calibrate.simulated import (
    OWNER,
    SESSIONS,
    STRANGER,
    App,
    Call,
    calibrated,
    data,
    get,
    page,
    redirect,
)


def exchange(path: str, response: Response, **more: Any) -> Exchange:
    return Exchange(request=get(path), response=response, **more)


def material(*exchanges: Exchange, **more: Any) -> Material:
    owner = Witness(party="owner", tokens=TokenSet(), exchanges=exchanges)
    nobody = Witness(party="stranger", tokens=TokenSet())
    more.setdefault("known", {"owner": OWNER.known})
    return Material(owner=owner, owner_again=nobody, stranger=nobody, **more)


def test_a_canary_is_stronger_than_an_address() -> None:
    answer = page(f"<p>{OWNER.email}</p><p>sw12ab34cd</p>")
    (found,) = personal_exchanges(material(exchange("/profile", answer), canaries=("sw12ab34cd",)))
    assert (found.evidence, found.texts) == ("canary", ("sw12ab34cd",))


def test_an_address_of_the_account_is_personal_but_its_username_is_not() -> None:
    answers = (exchange("/a", page("<p>ana</p>")), exchange("/b", page(f"<p>{OWNER.email}</p>")))
    assert [one.id for one in personal_exchanges(material(*answers))] == ["GET /b"]
    known = {"owner": (OWNER.email,)}
    assert personal_exchanges(material(*answers, known=known)) == ()


def test_what_the_request_says_is_not_shown_by_the_answer() -> None:
    assert (
        personal_exchanges(material(exchange("/find?mail=ana.reyes%40example.org", page(OWNER.email)))) == ()
    )


def test_addresses_that_change_something_or_are_to_be_avoided_are_left_out() -> None:
    answer = page(OWNER.email)
    answers = (exchange("/delete", answer), exchange("/logout", answer), exchange("/bye", answer))
    assert personal_exchanges(material(*answers, avoid=("/bye",))) == ()


def test_the_way_the_answer_writes_it_is_kept() -> None:
    answer = data({"street": "Ümlaut 3"})
    (found,) = personal_exchanges(material(exchange("/me", answer)), ("Ümlaut 3",))
    assert found.texts == ("\\u00dcmlaut 3",)


def test_two_addresses_of_one_path_have_two_names() -> None:
    answers = (exchange("/me?tab=a", page(OWNER.email)), exchange("/me?tab=b", page(OWNER.email)))
    assert [one.id for one in personal_exchanges(material(*answers))] == ["GET /me?tab=a", "GET /me?tab=b"]


async def test_personal_data_is_learned_from_what_only_the_owner_was_shown() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if call.path == "/card":
            return page("<p>+49 171 00012</p>")
        if person is None:
            return redirect()
        return data({"email": person.email, "phone": f"+49 171 000{person.number}", "clinic": "North"})

    known = {"owner": (OWNER.email,), "stranger": (STRANGER.email,)}
    found = await calibrated(App(answer=answer), ("/me", "/card"), known=known)
    assert {one.id: one.texts for one in found.personal} == {
        "GET /card": ("+49 171 00012",),
    }


async def test_a_passage_that_is_guarded_in_one_place_is_looked_for_in_others() -> None:
    findings = {OWNER: "Left meniscus tender after a fall", STRANGER: "Allergy to birch, none to cat or dust"}

    def answer(call: Call) -> Response:
        if call.path == "/print/7":
            return page(f"<h1>Knee</h1><p>{findings[OWNER]}</p>")
        person = SESSIONS.get(call.cookies.get("sid", ""))
        return data({"user": person.username, "text": findings[person]}) if person else redirect()

    found = await calibrated(App(answer=answer), ("/me", "/print/7"))
    assert {one.id: one.texts for one in found.personal} == {"GET /print/7": (findings[OWNER],)}

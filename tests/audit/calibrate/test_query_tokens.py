import pytest

from sessionward.audit.calibrate import Witness, calibrate
from sessionward.audit.calibrate.query_tokens import query_token_names, with_query_tokens
from sessionward.http import Carrier, Exchange, Response, TokenKey, TokenSet
from tests.audit.calibrate.simulated import (
    ONE,
    SESSIONS,
    THEIRS,
    TWO,
    App,
    Call,
    cookies,
    get,
    page,
    redirect,
)


async def test_a_token_in_the_address_is_a_member() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.query.get("key", ""))
        if call.path == "/start":
            return page(f'<a href="/mine?key={call.cookies.get("k", "")}">Mine</a>')
        return page(f"<p>{person.full_name}</p>") if person else redirect()

    app = App(answer=answer)
    witnesses = {
        name: app.witness(name, cookies(k=sid), ("/start", f"/mine?key={sid}"))
        for name, sid in (("owner", ONE), ("again", TWO), ("stranger", THEIRS))
    }
    material = app.material(cookies(), cookies(), cookies(), ())
    material = type(material)(
        owner=witnesses["owner"],
        owner_again=witnesses["again"],
        stranger=witnesses["stranger"],
        known=material.known,
    )
    found = await calibrate(material, app.fetch, seed=1)
    assert found.calibrated, found.reason
    assert found.queries == ("key",)
    assert found.private[0].members == {TokenKey(Carrier.QUERY, "key")}


def asked(*urls: str, answer: str = "") -> tuple[Exchange, ...]:
    return tuple(Exchange(request=get(url), response=page(answer)) for url in urls)


@pytest.mark.parametrize(
    "first,second,expected",
    [
        (
            asked("/a?sid=abcdefgh1", answer="abcdefgh1"),
            asked("/a?sid=abcdefgh2", answer="abcdefgh2"),
            ("sid",),
        ),
        (asked("/a?id=samesame1", answer="samesame1"), asked("/a?id=samesame1", answer="samesame1"), ()),
        (asked("/a?sid=abcdefgh1"), asked("/a?sid=abcdefgh2"), ()),
        (
            asked("/a?_=1736341234567", answer="1736341234567"),
            asked("/a?_=1736341299999", answer="1736341299999"),
            (),
        ),
        (asked("/a?p=1", answer="1"), asked("/a?p=2", answer="2"), ()),
        (
            asked(
                "/a?r=request001",
                "/a?r=request002",
                "/a?r=request003",
                answer="request001request002request003",
            ),
            asked("/a?r=request009", answer="request009"),
            (),
        ),
    ],
)
def test_a_parameter_is_a_token_where_each_login_has_its_own_value_from_the_app(
    first: tuple[Exchange, ...], second: tuple[Exchange, ...], expected: tuple[str, ...]
) -> None:
    one, two = (Witness(party="owner", tokens=TokenSet(), exchanges=made) for made in (first, second))
    assert query_token_names(one, two) == expected


def test_a_value_that_another_token_holds_needs_no_answer() -> None:
    one = Witness(party="owner", tokens=cookies(s="abcdefgh1"), exchanges=asked("/a?sid=abcdefgh1"))
    two = Witness(party="owner", tokens=cookies(s="abcdefgh2"), exchanges=asked("/a?sid=abcdefgh2"))
    assert query_token_names(one, two) == ("sid",)
    assert [token.value for token in with_query_tokens(one, ("sid",))] == ["abcdefgh1", "abcdefgh1"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.audit.calibrate import Material, Witness, calibrate
from sessionward.audit.calibrate.authentication_set import SessionLost, smallest
from sessionward.http import Carrier, Response, Token, TokenKey, TokenSet
from tests.audit.calibrate.simulated import (
    AUTHORIZATION,
    LOGIN_FORM,
    ONE,
    SESSIONS,
    SID,
    THEIRS,
    TWO,
    App,
    Call,
    bearer,
    calibrated,
    cookies,
    data,
    page,
    plain,
    redirect,
)


async def test_both_of_two_cookies_are_needed() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        matches = call.cookies.get("sub") == f"x{call.cookies.get('sid')}"
        return plain(call) if person and matches else page(LOGIN_FORM)

    def holding(sid: str) -> TokenSet:
        return cookies(lang="en", sid=sid, _ga="GA1.2.3", sub=f"x{sid}")

    found = await calibrated(App(answer=answer), ("/home",), holding(ONE), holding(TWO), holding(THEIRS))
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID, TokenKey(Carrier.COOKIE, "sub")}


async def test_two_ways_in_are_two_private_exchanges() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", "")) or SESSIONS.get(call.bearer)
        return data({"user": person.full_name, "mail": person.email}) if person else data({}, status=401)

    def holding(sid: str) -> TokenSet:
        return cookies(sid=sid).merged(bearer(sid))

    found = await calibrated(
        App(answer=answer), ("/api/session",), holding(ONE), holding(TWO), holding(THEIRS)
    )
    assert found.calibrated, found.reason
    assert {one.members for one in found.private} == {frozenset({SID}), frozenset({AUTHORIZATION})}
    assert len({one.id for one in found.private}) == 2


async def test_cookie_and_header_may_both_be_needed() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if person is None or call.header("x-key") != call.cookies["sid"][::-1]:
            return data({}, status=403)
        return data({"email": person.email})

    def holding(sid: str) -> TokenSet:
        header = bearer(sid[::-1]).tokens[0]
        return cookies(sid=sid).merged(
            TokenSet((type(header)(carrier=Carrier.HEADER, name="x-key", value=sid[::-1]),))
        )

    found = await calibrated(App(answer=answer), ("/me",), holding(ONE), holding(TWO), holding(THEIRS))
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID, TokenKey(Carrier.HEADER, "x-key")}


def keys(*names: str) -> tuple[TokenKey, ...]:
    return tuple(TokenKey(Carrier.COOKIE, name) for name in names)


@given(
    st.lists(st.sampled_from("abcdefghij"), min_size=1, unique=True),
    st.lists(st.sets(st.sampled_from("abcdefghij"), min_size=1), max_size=3),
)
async def test_what_is_found_suffices_and_nothing_can_be_left_out(
    names: list[str], needs: list[set[str]]
) -> None:
    everything = keys(*names)
    wanted = [frozenset(keys(*need)) & frozenset(everything) for need in needs]
    wanted = [need for need in wanted if need] or [frozenset(everything)]

    async def opens(some: frozenset[TokenKey]) -> bool:
        return any(need <= some for need in wanted)

    found = await smallest(everything, opens)
    assert await opens(found)
    assert not any([await opens(found - {key}) for key in found])


async def test_the_more_session_like_of_two_sufficient_tokens_is_kept() -> None:
    async def opens(some: frozenset[TokenKey]) -> bool:
        return bool(some & frozenset(keys("sid", "remember")))

    assert await smallest(keys("sid", "remember", "lang"), opens) == frozenset(keys("sid"))


async def test_one_needed_token_among_sixteen_takes_few_tests() -> None:
    tests = []

    async def opens(some: frozenset[TokenKey]) -> bool:
        tests.append(some)
        return keys("c0")[0] in some

    everything = keys(*(f"c{number}" for number in range(16)))
    assert await smallest(everything, opens) == frozenset(keys("c0"))
    assert len(tests) <= 6


async def test_a_session_that_dies_on_the_way_is_noticed() -> None:
    living = [True]

    async def opens(some: frozenset[TokenKey]) -> bool:
        living[0] = living[0] and len(some) > 1
        return living[0]

    with pytest.raises(SessionLost) as lost:
        await smallest(keys("sid", "auth", "lang"), opens)
    assert lost.value.kept == frozenset(keys("sid", "auth"))


async def test_an_app_that_ends_a_session_shown_in_part_is_calibrated_by_the_other_login() -> None:
    ended = set()

    def answer(call: Call) -> Response:
        sid = call.cookies.get("sid", "")
        if sid in SESSIONS and call.cookies.get("auth") != sid[::-1]:
            ended.add(sid)
        return plain(call) if sid not in ended else page(LOGIN_FORM)

    def holding(sid: str) -> TokenSet:
        return cookies(auth=sid[::-1], theme="dark", sid=sid)

    app = App(answer=answer)
    found = await calibrated(app, ("/home", "/visits"), holding(ONE), holding(TWO), holding(THEIRS))
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID, TokenKey(Carrier.COOKIE, "auth")}
    assert any("end the session" in fact for fact in found.facts)


async def test_a_key_of_the_app_is_a_member_and_said_to_be_everybodys() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.bearer)
        if call.header("apikey") != "public-key-1" or person is None:
            return data({}, status=401)
        return data({"email": person.email})

    def holding(sid: str) -> TokenSet:
        key = Token(carrier=Carrier.HEADER, name="apikey", value="public-key-1")
        return TokenSet((key, *bearer(sid)))

    found = await calibrated(App(answer=answer), ("/rest/me",), holding(ONE), holding(TWO), holding(THEIRS))
    assert found.calibrated, found.reason
    assert found.private[0].members == {AUTHORIZATION, TokenKey(Carrier.HEADER, "apikey")}
    assert any("names the app" in fact for fact in found.facts)


async def test_a_remembered_login_is_a_way_of_its_own() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", "")) or SESSIONS.get(
            call.cookies.get("remember_me", "")[::-1]
        )
        return page(f"<p>{person.full_name}</p>") if person else redirect()

    def holding(sid: str) -> TokenSet:
        return cookies(remember_me=sid[::-1], sid=sid)

    found = await calibrated(App(answer=answer), ("/home",), holding(ONE), holding(TWO), holding(THEIRS))
    assert [one.members for one in found.private] == [{SID}, {TokenKey(Carrier.COOKIE, "remember_me")}]
    assert any("can also be opened by cookie remember_me" in fact for fact in found.facts)


async def test_a_header_of_some_pages_that_others_refuse_is_left_out() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if call.header("x-inertia"):
            return Response(status=409)
        return page(f"<p>{person.full_name}</p>") if person else redirect()

    def holding(sid: str) -> TokenSet:
        return TokenSet((*cookies(sid=sid), Token(carrier=Carrier.HEADER, name="x-inertia", value="true")))

    app = App(answer=answer)
    whole = app.material(holding(ONE), holding(TWO), holding(THEIRS), ())
    plainly = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS), ("/home",))
    witness = Witness(party="owner", tokens=whole.owner.tokens, exchanges=plainly.owner.exchanges)
    material = Material(
        owner=witness, owner_again=whole.owner_again, stranger=whole.stranger, known=whole.known
    )
    found = await calibrate(material, app.fetch, seed=1)
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID}
    assert any("is refused when headers are sent" in fact for fact in found.facts)

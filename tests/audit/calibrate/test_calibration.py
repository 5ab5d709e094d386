import random

import pytest

from sessionward.audit.calibrate import calibrate
from sessionward.audit.calibrate.material import Calibration
from sessionward.audit.scene import identify
from sessionward.http import Carrier, Response, TokenKey, TokenSet
from tests.audit.calibrate.simulated import (
    LOGIN_FORM,
    ONE,
    OWNER,
    SESSIONS,
    STRANGER,
    THEIRS,
    TWO,
    App,
    Call,
    bearer,
    cookies,
    data,
    get,
    page,
    redirect,
)

SID = TokenKey(Carrier.COOKIE, "sid")
AUTHORIZATION = TokenKey(Carrier.HEADER, "authorization")


async def run(app: App, paths: tuple[str, ...], *tokens: TokenSet, **more: object) -> Calibration:
    owner, again, stranger = tokens or (cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS))
    return await calibrate(app.material(owner, again, stranger, paths, **more), app.fetch, seed=7)


def plain(call: Call) -> Response:
    person = SESSIONS.get(call.cookies.get("sid", ""))
    if person is None:
        return redirect()
    return page(f"<header>Hello <b>{person.username}</b></header><p>Your visits</p>")


async def test_a_page_with_the_username_becomes_the_oracle() -> None:
    app = App(answer=plain)
    found = await run(app, ("/home",))
    assert found.calibrated, found.reason
    assert found.private[0].id == "GET /home"
    assert found.private[0].members == {SID}
    assert dict(found.table) == {
        "owner": "owner",
        "owner again": "owner",
        "stranger": "stranger",
        "anonymous": "nobody",
        "random token": "nobody",
    }
    assert found.requests == len(app.asked) <= 20


async def test_a_login_page_that_repeats_the_name_shows_nobody() -> None:
    found = await run(App(answer=plain), ("/home",))
    oracle = found.private[0]
    app = App(
        answer=lambda call: page(
            f'<p>No such login for <b>ana</b></p><input name="u" value="ana">{LOGIN_FORM}'
        )
    )
    assert identify(oracle.markers, await app.fetch(oracle.request)) == "nobody"


async def test_a_token_kept_in_memory_and_sent_in_a_header_is_found() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.bearer)
        if call.path == "/":
            return page('<div id="app"></div><script src="/app.js"></script>')
        if person is None:
            return data({"error": "who are you?"}, status=401)
        return data({"data": {"id": person.number, "email": person.email}})

    app = App(answer=answer)
    found = await run(app, ("/", "/users/me"), bearer(ONE), bearer(TWO), bearer(THEIRS))
    assert found.calibrated, found.reason
    assert [one.id for one in found.private] == ["GET /users/me"]
    assert found.private[0].members == {AUTHORIZATION}
    assert found.private[0].markers == {"owner": (OWNER.email,), "stranger": (STRANGER.email,)}


async def test_both_of_two_cookies_are_needed() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        matches = call.cookies.get("sub") == f"x{call.cookies.get('sid')}"
        return plain(call) if person and matches else page(LOGIN_FORM)

    def holding(sid: str) -> TokenSet:
        return cookies(lang="en", sid=sid, _ga="GA1.2.3", sub=f"x{sid}")

    found = await run(App(answer=answer), ("/home",), holding(ONE), holding(TWO), holding(THEIRS))
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID, TokenKey(Carrier.COOKIE, "sub")}


async def test_two_ways_in_are_two_private_exchanges() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", "")) or SESSIONS.get(call.bearer)
        return data({"user": person.full_name, "mail": person.email}) if person else data({}, status=401)

    def holding(sid: str) -> TokenSet:
        return cookies(sid=sid).merged(bearer(sid))

    found = await run(App(answer=answer), ("/api/session",), holding(ONE), holding(TWO), holding(THEIRS))
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

    found = await run(App(answer=answer), ("/me",), holding(ONE), holding(TWO), holding(THEIRS))
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID, TokenKey(Carrier.HEADER, "x-key")}


async def test_names_that_begin_alike_are_told_apart_even_where_all_names_stand_on_every_page() -> None:
    people = {ONE: "ann", TWO: "ann", THEIRS: "anna"}

    def answer(call: Call) -> Response:
        name = people.get(call.cookies.get("sid", ""))
        members = "<ul><li>anna</li><li>ann</li><li>joann</li></ul>"
        return page(f"<p>Signed in as <em>{name}</em></p>{members}" if name else f"{LOGIN_FORM}{members}")

    app = App(answer=answer)
    known = {"owner": ("ann",), "stranger": ("anna",)}
    found = await run(app, ("/home",), known=known)
    assert found.calibrated, found.reason
    assert dict(found.table)["stranger"] == "stranger"


async def test_a_login_page_with_status_200_is_nobody() -> None:
    app = App(answer=lambda call: plain(call) if call.cookies.get("sid") in SESSIONS else page(LOGIN_FORM))
    found = await run(app, ("/home",))
    assert found.calibrated, found.reason


async def test_a_page_that_is_the_same_for_the_whole_house_is_not_private() -> None:
    def answer(call: Call) -> Response:
        if call.cookies.get("sid") not in SESSIONS:
            return redirect()
        return page("<h1>Opening hours for staff</h1>") if call.path == "/hours" else plain(call)

    found = await run(App(answer=answer), ("/hours", "/home"))
    assert [one.id for one in found.private] == ["GET /home"]


async def test_nonces_and_moments_never_become_markers() -> None:
    rng = random.Random(3)

    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if person is None:
            return redirect()
        nonce = f"{rng.getrandbits(64):016x}"
        form = f'<form><input type="hidden" name="csrf" value="csrf-{call.cookies["sid"]}-{nonce}"></form>'
        return page(f"<p>{rng.random()} at 10:0{rng.randint(0, 9)}</p>{form}<p>{person.full_name}</p>")

    found = await run(App(answer=answer), ("/home",))
    assert found.calibrated, found.reason
    assert found.private[0].markers == {
        "owner": ('"></form><p>Ana Rey', OWNER.full_name),
        "stranger": ('"></form><p>Bob Sto', STRANGER.full_name),
    }


async def test_an_address_that_names_the_owner_is_private_but_no_oracle() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if person is None:
            return data({}, status=401)
        if call.path == "/users/12":
            return data({"email": OWNER.email}) if person is OWNER else data({}, status=403)
        return data({"me": {"email": person.email}})

    found = await run(App(answer=answer), ("/users/12", "/whoami"))
    assert [one.id for one in found.private] == ["GET /whoami", "GET /users/12"]
    assert found.private[1].markers["stranger"] == ()


async def test_a_username_in_the_address_is_no_marker() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        return page(f"<h1>ana</h1><p>{person.full_name}</p>") if person else page("<h1>ana</h1>" + LOGIN_FORM)

    found = await run(App(answer=answer), ("/people/ana",))
    assert found.calibrated, found.reason
    assert found.private[0].markers["owner"] == (OWNER.full_name,)


async def test_conditional_headers_are_not_repeated() -> None:
    def answer(call: Call) -> Response:
        return Response(status=304) if call.header("if-none-match") else plain(call)

    app = App(answer=answer)
    owner = app.witness("owner", cookies(sid=ONE), (get("/home", If_None_Match='"x"'),))
    material = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS), ())
    material = type(material)(
        owner=owner, owner_again=material.owner_again, stranger=material.stranger, known=material.known
    )
    found = await calibrate(material, app.fetch, seed=1)
    assert found.calibrated, found.reason


async def test_a_throttle_stops_at_once_and_is_the_reason() -> None:
    app = App(answer=plain)
    material = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS), ("/home", "/visits"))
    app.answer = lambda call: page("slow down", status=429)
    found = await calibrate(material, app.fetch, seed=1)
    assert not found.calibrated
    assert "too many requests" in found.reason
    assert len(app.asked) == 1


async def test_one_person_under_two_accounts_is_said() -> None:
    app = App(answer=plain)
    material = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=TWO), ("/home",))
    found = await calibrate(material, app.fetch, seed=1)
    assert not found.calibrated
    assert "second account is shown the first account" in found.reason
    known = {"owner": ("ana",), "stranger": ("Ana",)}
    assert "one and the same person" in (await run(app, ("/home",), known=known)).reason


async def test_a_cookie_that_is_replaced_by_each_answer_is_followed_and_told() -> None:
    state = {ONE: OWNER, TWO: OWNER, THEIRS: STRANGER}
    rng = random.Random(5)

    def answer(call: Call) -> Response:
        person = state.pop(call.cookies.get("sid", ""), None)
        if person is None:
            return page(LOGIN_FORM, cookies=("sid=nobody0000; Path=/",))
        fresh = f"s{rng.getrandbits(48):012x}"
        state[fresh] = person
        return page(f"<p>Hello <b>{person.full_name}</b></p>", cookies=(f"sid={fresh}; Path=/",))

    app = App(answer=answer)
    owner = app.witness("owner", cookies(sid=ONE), ("/home",))
    (current,) = (sid for sid, person in state.items() if sid not in {TWO, THEIRS})
    material = app.material(cookies(sid=current), cookies(sid=TWO), cookies(sid=THEIRS), ())
    material = type(material)(
        owner=type(owner)(party="owner", tokens=cookies(sid=current), exchanges=owner.exchanges),
        owner_again=material.owner_again,
        stranger=material.stranger,
        known=material.known,
    )
    found = await calibrate(material, app.fetch, seed=1)
    assert found.rotating == {SID}
    assert not found.calibrated
    assert "cookie sid" in found.reason
    assert found.private[0].members == {SID}


async def test_a_sliding_cookie_whose_old_value_lives_on_is_not_taken_for_rotating() -> None:
    rng = random.Random(5)

    def answer(call: Call) -> Response:
        sid, _, _ = call.cookies.get("sid", "").partition(".")
        person = SESSIONS.get(sid)
        if person is None:
            return page(LOGIN_FORM)
        return page(f"<p>{person.full_name}</p>", cookies=(f"sid={sid}.{rng.random()}; Path=/",))

    found = await run(App(answer=answer), ("/home",))
    assert found.calibrated, found.reason
    assert found.rotating == frozenset()


async def test_a_cookie_that_only_repeats_the_name_proves_no_login() -> None:
    def answer(call: Call) -> Response:
        return page(f"<p>Welcome back {call.cookies.get('name', '')}</p>{LOGIN_FORM}")

    tokens = (cookies(sid=ONE, name="ana"), cookies(sid=TWO, name="ana"), cookies(sid=THEIRS, name="bob"))
    found = await run(App(answer=answer), ("/home",), *tokens)
    assert not found.calibrated
    assert found.reason


async def test_a_name_that_also_stands_in_a_cookie_is_a_marker_where_the_cookie_alone_shows_nothing() -> None:
    tokens = (cookies(sid=ONE, name="ana"), cookies(sid=TWO, name="ana"), cookies(sid=THEIRS, name="bob"))
    found = await run(App(answer=plain), ("/home",), *tokens)
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID}


async def test_an_app_that_shows_everything_to_anybody_is_not_calibrated() -> None:
    found = await run(App(answer=lambda call: page("<h1>Welcome</h1>")), ("/", "/home"))
    assert not found.calibrated
    assert "shown to anybody" in found.reason


async def test_an_app_that_dies_is_said_to_be_gone() -> None:
    app = App(answer=plain)
    material = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS), ("/a", "/b", "/c", "/d"))
    app.answer = lambda call: None
    found = await calibrate(material, app.fetch, seed=1)
    assert "stopped answering" in found.reason


async def test_nothing_recorded_is_said() -> None:
    found = await run(App(answer=plain), ())
    assert not found.calibrated
    assert "nothing to tell" in found.reason


@pytest.mark.parametrize("path", ["/logout", "/delete?id=3", "/login", "/api/auth/refresh"])
async def test_what_ends_or_changes_something_is_never_requested(path: str) -> None:
    app = App(answer=plain)
    await run(app, (path, "/home"))
    assert all(path not in request.url for request in app.asked)


async def test_no_token_value_stands_in_what_is_given_back() -> None:
    found = await run(App(answer=plain), ("/home",))
    assert all(sid not in repr(found) for sid in SESSIONS)
    assert all(sid not in str(one.request.headers) for sid in SESSIONS for one in found.private)


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

import random

from sessionward.audit.calibrate import calibrate
from sessionward.audit.scene import identify
from sessionward.http import Response
from tests.audit.calibrate.simulated import (
    LOGIN_FORM,
    ONE,
    OWNER,
    SESSIONS,
    SID,
    STRANGER,
    THEIRS,
    TWO,
    App,
    Call,
    calibrated,
    cookies,
    data,
    page,
    plain,
    redirect,
)


async def test_a_login_page_that_repeats_the_name_shows_nobody() -> None:
    found = await calibrated(App(answer=plain), ("/home",))
    oracle = found.private[0]
    app = App(
        answer=lambda call: page(
            f'<p>No such login for <b>ana</b></p><input name="u" value="ana">{LOGIN_FORM}'
        )
    )
    assert identify(oracle.markers, await app.fetch(oracle.request)) == "nobody"


async def test_names_that_begin_alike_are_told_apart_even_where_all_names_stand_on_every_page() -> None:
    people = {ONE: "ann", TWO: "ann", THEIRS: "anna"}

    def answer(call: Call) -> Response:
        name = people.get(call.cookies.get("sid", ""))
        members = "<ul><li>anna</li><li>ann</li><li>joann</li></ul>"
        return page(f"<p>Signed in as <em>{name}</em></p>{members}" if name else f"{LOGIN_FORM}{members}")

    app = App(answer=answer)
    known = {"owner": ("ann",), "stranger": ("anna",)}
    found = await calibrated(app, ("/home",), known=known)
    assert found.calibrated, found.reason
    assert dict(found.table)["stranger"] == "stranger"


async def test_a_login_page_with_status_200_is_nobody() -> None:
    app = App(answer=lambda call: plain(call) if call.cookies.get("sid") in SESSIONS else page(LOGIN_FORM))
    found = await calibrated(app, ("/home",))
    assert found.calibrated, found.reason


async def test_a_page_that_is_the_same_for_the_whole_house_is_not_private() -> None:
    def answer(call: Call) -> Response:
        if call.cookies.get("sid") not in SESSIONS:
            return redirect()
        return page("<h1>Opening hours for staff</h1>") if call.path == "/hours" else plain(call)

    found = await calibrated(App(answer=answer), ("/hours", "/home"))
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

    found = await calibrated(App(answer=answer), ("/home",))
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

    found = await calibrated(App(answer=answer), ("/users/12", "/whoami"))
    assert [one.id for one in found.private] == ["GET /whoami", "GET /users/12"]
    assert found.private[1].markers["stranger"] == ()


async def test_a_username_in_the_address_is_no_marker() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        return page(f"<h1>ana</h1><p>{person.full_name}</p>") if person else page("<h1>ana</h1>" + LOGIN_FORM)

    found = await calibrated(App(answer=answer), ("/people/ana",))
    assert found.calibrated, found.reason
    assert found.private[0].markers["owner"] == (OWNER.full_name,)


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

    found = await calibrated(App(answer=answer), ("/home",))
    assert found.calibrated, found.reason
    assert found.rotating == frozenset()


async def test_a_cookie_that_only_repeats_the_name_proves_no_login() -> None:
    def answer(call: Call) -> Response:
        return page(f"<p>Welcome back {call.cookies.get('name', '')}</p>{LOGIN_FORM}")

    tokens = (cookies(sid=ONE, name="ana"), cookies(sid=TWO, name="ana"), cookies(sid=THEIRS, name="bob"))
    found = await calibrated(App(answer=answer), ("/home",), *tokens)
    assert not found.calibrated
    assert found.reason


async def test_a_name_that_also_stands_in_a_cookie_is_a_marker_where_the_cookie_alone_shows_nothing() -> None:
    tokens = (cookies(sid=ONE, name="ana"), cookies(sid=TWO, name="ana"), cookies(sid=THEIRS, name="bob"))
    found = await calibrated(App(answer=plain), ("/home",), *tokens)
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID}

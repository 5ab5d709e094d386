from sessionward.audit.calibrate.calibration import calibrate
from sessionward.http import Response
from tests.audit.calibrate.simulated import (
    AUTHORIZATION,
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
    bearer,
    calibrated,
    cookies,
    data,
    page,
    plain,
    post,
    redirect,
)


async def test_a_page_with_the_username_becomes_the_oracle() -> None:
    app = App(answer=plain)
    found = await calibrated(app, ("/home",))
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


async def test_a_token_kept_in_memory_and_sent_in_a_header_is_found() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.bearer)
        if call.path == "/":
            return page('<div id="app"></div><script src="/app.js"></script>')
        if person is None:
            return data({"error": "who are you?"}, status=401)
        return data({"data": {"id": person.number, "email": person.email}})

    app = App(answer=answer)
    found = await calibrated(app, ("/", "/users/me"), bearer(ONE), bearer(TWO), bearer(THEIRS))
    assert found.calibrated, found.reason
    assert [one.id for one in found.private] == ["GET /users/me"]
    assert found.private[0].members == {AUTHORIZATION}
    assert found.private[0].markers == {"owner": (OWNER.email,), "stranger": (STRANGER.email,)}


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
    assert "one and the same person" in (await calibrated(app, ("/home",), known=known)).reason


async def test_an_app_that_shows_everything_to_anybody_is_not_calibrated() -> None:
    found = await calibrated(App(answer=lambda call: page("<h1>Welcome</h1>")), ("/", "/home"))
    assert not found.calibrated
    assert "shown to anybody" in found.reason


async def test_an_app_that_dies_is_said_to_be_gone() -> None:
    app = App(answer=plain)
    material = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS), ("/a", "/b", "/c", "/d"))
    app.answer = lambda call: None
    found = await calibrate(material, app.fetch, seed=1)
    assert "stopped answering" in found.reason


async def test_nothing_recorded_is_said() -> None:
    found = await calibrated(App(answer=plain), ())
    assert not found.calibrated
    assert "nothing to tell" in found.reason


async def test_no_token_value_stands_in_what_is_given_back() -> None:
    found = await calibrated(App(answer=plain), ("/home",))
    assert all(sid not in repr(found) for sid in SESSIONS)
    assert all(sid not in str(one.request.headers) for sid in SESSIONS for one in found.private)


async def test_a_second_login_that_ends_the_first_still_leaves_one_to_calibrate_by() -> None:
    app = App(answer=plain)
    material = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS), ("/home", "/visits"))
    app.answer = lambda call: page(LOGIN_FORM) if call.cookies.get("sid") == ONE else plain(call)
    found = await calibrate(material, app.fetch, seed=1)
    assert found.calibrated, found.reason
    assert found.private[0].members == {SID}
    assert any("one had ended" in fact for fact in found.facts)


async def test_owners_whose_sessions_are_all_dead_cannot_be_calibrated() -> None:
    app = App(answer=plain)
    material = app.material(cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS), ("/home", "/visits"))
    app.answer = lambda call: page(LOGIN_FORM)
    found = await calibrate(material, app.fetch, seed=1)
    assert "not answered as in the browser" in found.reason


async def test_names_that_nobody_told_are_learned_from_what_every_page_shows() -> None:
    names = {ONE: "Mira Koch", TWO: "Mira Koch", THEIRS: "Tom Hale"}

    def answer(call: Call) -> Response:
        name = names.get(call.cookies.get("sid", ""))
        if name is None:
            return redirect()
        items = "3 visits" if name.startswith("Mira") else "no visits"
        return page(f"<header>{name}</header><p>{items if call.path == '/visits' else 'Welcome'}</p>")

    known = {"owner": ("u1001",), "stranger": ("u1002",)}
    found = await calibrated(App(answer=answer), ("/home", "/visits", "/letters"), known=known)
    assert found.calibrated, found.reason
    assert found.private[0].markers["owner"][0] == "Mira Koch"


async def test_ordinary_words_are_taken_where_nothing_better_is_found() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if person is None:
            return redirect()
        return page("<p>Three visits</p>" if person is OWNER else "<p>Nothing planned</p>")

    found = await calibrated(App(answer=answer), ("/home",))
    assert found.calibrated, found.reason
    assert found.private[0].markers["owner"] == ("Three visits",)


async def test_a_graphql_question_is_asked_again_and_a_mutation_never() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.bearer)
        if person is None:
            return data({"errors": ["not logged in"]})
        return data({"data": {"viewer": {"email": person.email}}})

    asks = post("/graphql", {"query": "query { viewer { email } }"})
    changes = post("/graphql", {"query": "mutation { touch { email } }"})
    app = App(answer=answer)
    found = await calibrated(app, (asks, changes), bearer(ONE), bearer(TWO), bearer(THEIRS))
    assert found.calibrated, found.reason
    assert all(b"mutation" not in (request.body or b"") for request in app.asked)


async def test_hundreds_of_public_pages_stay_within_the_bound() -> None:
    app = App(answer=lambda call: page(f"<h1>About {call.path.strip('/').replace('a', 'o')}</h1>"))
    paths = tuple(f"/about-{'x' * (number % 17)}{chr(97 + number % 26)}q" for number in range(300))
    found = await calibrated(app, paths)
    assert not found.calibrated
    assert found.requests <= 150


async def test_a_large_answer_that_was_cut_off_is_judged_by_what_came() -> None:
    def answer(call: Call) -> Response:
        response = plain(call)
        body = response.body.replace(b"</body>", b"<p>row</p>" * 50_000)[:300_000]
        return Response(status=response.status, headers=response.headers, body=body, truncated=True)

    found = await calibrated(App(answer=answer), ("/home",))
    assert found.calibrated, found.reason


async def test_the_same_material_and_seed_ask_the_same() -> None:
    asked = []
    for _ in range(2):
        app = App(answer=plain)
        await calibrated(app, ("/home", "/visits"))
        asked.append([(request.url, request.header("cookie")) for request in app.asked])
    assert asked[0] == asked[1]


async def test_avoided_addresses_are_never_requested() -> None:
    app = App(answer=plain)
    await calibrated(app, ("/home", "/leave-now", "/x?bye=1"), avoid=("/leave-now", "bye="))
    assert {request.path for request in app.asked} == {"/home"}


async def test_a_server_that_fails_without_a_token_is_the_reason() -> None:
    app = App(
        answer=lambda call: plain(call) if call.cookies.get("sid") in SESSIONS else page("Oops", status=500)
    )
    found = await calibrated(app, ("/home",))
    assert "fails with an error of its own" in found.reason


async def test_a_second_account_that_never_got_in_is_the_reason() -> None:
    found = await calibrated(
        App(answer=plain), ("/home",), cookies(sid=ONE), cookies(sid=TWO), cookies(sid="nobody")
    )
    assert "second account can log in" in found.reason
    assert found.private

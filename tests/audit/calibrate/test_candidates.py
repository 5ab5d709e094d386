from typing import Any

import pytest

from sessionward.audit.calibrate import Material, Witness, calibrate
from sessionward.audit.calibrate.candidates import candidates, request_text, template
from sessionward.http import Exchange, Request, Response, TokenSet
from tests.audit.calibrate.simulated import (
    ONE,
    ORIGIN,
    OWNER,
    THEIRS,
    TWO,
    App,
    Call,
    calibrated,
    cookies,
    data,
    get,
    page,
    plain,
    post,
)


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


@pytest.mark.parametrize("path", ["/logout", "/delete?id=3", "/login", "/api/auth/refresh"])
async def test_what_ends_or_changes_something_is_never_requested(path: str) -> None:
    app = App(answer=plain)
    await calibrated(app, (path, "/home"))
    assert all(path not in request.url for request in app.asked)


def recorded(*exchanges: Exchange, **more: Any) -> Material:
    nobody = Witness(party="owner", tokens=TokenSet())
    return Material(
        owner=Witness(party="owner", tokens=TokenSet(), exchanges=exchanges),
        owner_again=nobody,
        stranger=Witness(party="stranger", tokens=TokenSet(), exchanges=more.pop("stranger", ())),
        known={"owner": OWNER.known},
        **more,
    )


def made(request: Request | str, response: Response, **more: Any) -> Exchange:
    return Exchange(request=get(request) if isinstance(request, str) else request, response=response, **more)


def test_a_small_json_answer_about_me_comes_before_pages() -> None:
    found = candidates(
        recorded(
            made("/news", page("<p>News</p>")),
            made("/home", page("<p>ana.reyes@example.org</p>")),
            made("/api/users/12", data({"email": OWNER.email})),
            made("/api/me", data({"email": OWNER.email})),
        )
    )
    assert [one.name for one in found] == ["GET /api/me", "GET /home", "GET /api/users/12", "GET /news"]


def test_one_of_each_address_pattern_is_taken() -> None:
    found = candidates(recorded(*(made(f"/visits/{number}", page("<p>Visit</p>")) for number in range(9))))
    assert len(found) == 1


@pytest.mark.parametrize(
    "exchange",
    [
        made("/picture", Response(status=200, headers=(("Content-Type", "image/png"),), body=b"x")),
        made("/gone", page("<p>Gone</p>", status=404)),
        made("/file", Response(status=200, headers=(("Content-Disposition", "attachment; x"),), body=b"ana")),
        made("/app.js", Response(status=200, headers=(("Content-Type", "text/javascript"),), body=b"f()")),
        made(Request(method="PUT", url=f"{ORIGIN}/me"), data({"email": OWNER.email})),
        Exchange(request=get("/home"), error="timeout"),
    ],
)
def test_what_cannot_tell_anything_is_no_candidate(exchange: Exchange) -> None:
    assert candidates(recorded(exchange)) == ()


def test_a_script_that_names_the_owner_is_a_candidate() -> None:
    script = Response(
        status=200, headers=(("Content-Type", "text/javascript"),), body=b"var user = 'ana.reyes@example.org'"
    )
    assert [one.kind for one in candidates(recorded(made("/me.js", script, resource="script")))] == ["api"]


def test_what_anonymous_visitors_were_shown_just_so_is_no_candidate() -> None:
    exchange = made("/", page("<p>Welcome</p>"))
    assert candidates(recorded(exchange, anonymous=(exchange,))) == ()


def test_what_the_stranger_was_shown_just_so_comes_last() -> None:
    shared, own = made("/hours", page("<p>Hours</p>")), made("/letters", page("<p>Letters</p>"))
    assert [one.name for one in candidates(recorded(shared, own, stranger=(shared,)))] == [
        "GET /letters",
        "GET /hours",
    ]


def test_a_template_holds_no_token_no_condition_and_no_referer() -> None:
    request = Request(
        method="GET",
        url=f"{ORIGIN}/home?key=abc&x=1",
        headers=(
            ("Cookie", "sid=1"),
            ("Authorization", "Bearer 2"),
            ("Referer", f"{ORIGIN}/?key=abc"),
            ("If-None-Match", "x"),
            ("Accept", "text/html"),
            (":authority", "clinic.test"),
        ),
    )
    made_again = template(request, ("key",))
    assert made_again.url == f"{ORIGIN}/home?x=1"
    assert made_again.headers == (("Accept", "text/html"), ("Cache-Control", "no-cache"))


def test_a_template_that_posts_keeps_the_site_it_came_from() -> None:
    assert template(post("/graphql", {})).header("referer") == f"{ORIGIN}/"


def test_what_a_request_says_is_read_decoded() -> None:
    text = request_text(post("/p/Ana%20Reyes", {"a": "b"}))
    assert "Ana Reyes" in text
    assert '"b"' in text

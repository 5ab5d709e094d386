from sessionward.audit.calibrate.hearing import Dossier, Heard
from sessionward.audit.calibrate.privileged import privileged
from sessionward.audit.scene import PersonalExchange
from sessionward.http import Exchange, Response
from tests.audit.calibrate.simulated import App, Call, data, get, page

ACCOUNTS = Exchange(
    request=get("/office/accounts"), response=page("<p>Ana Reyes may log in</p><p>Bob Stone may log in</p>")
)
LETTERS = Exchange(request=get("/letters"), response=page("<p>Letters of the whole house</p>"))
RULES = Exchange(request=get("/rules"), response=page("<p>How we wash our hands in this house</p>"))


async def found(*lower: Exchange, heard: str = "", public: str = "") -> tuple[PersonalExchange, ...]:
    def answer(call: Call) -> Response:
        del call
        return page(public) if public else data({}, status=401)

    app = App(answer=answer)
    owner = Dossier(readings=lower, personal=("Bob Stone",))
    return await privileged("staff", (ACCOUNTS, LETTERS, RULES), owner, Heard(texts=heard), app.fetch)


async def test_what_only_the_higher_role_was_shown_is_kept_with_private_texts_first() -> None:
    first, *_ = await found()
    assert (first.id, first.evidence, first.whose) == ("GET /office/accounts", "role", "staff")
    assert first.texts[0] == "Bob Stone"
    assert "Ana Reyes may log in" in first.texts


async def test_addresses_that_the_lower_role_reached_or_is_led_to_are_left_out() -> None:
    own = Exchange(request=get("/letters"), response=page("mine"))
    left = await found(own, heard='<a href="/rules">House rules</a>')
    assert [one.id for one in left] == ["GET /office/accounts"]


async def test_texts_that_anybody_is_shown_prove_nothing() -> None:
    text = "<p>Ana Reyes may log in</p><p>Bob Stone may log in</p> Bob Stone"
    assert "GET /office/accounts" not in [one.id for one in await found(public=text)]


async def test_texts_that_the_lower_role_is_shown_elsewhere_prove_nothing() -> None:
    left = await found(heard="How we wash our hands in this house, Letters of the whole house")
    assert [one.id for one in left] == ["GET /office/accounts"]


async def test_where_a_query_says_which_page_is_meant_a_link_to_another_page_leads_not_there() -> None:
    queue = Exchange(
        request=get("/index.php?page=queue"), response=page("<p>Bob Stone waits in room nine</p>")
    )
    app = App(answer=lambda _: data({}, status=401))
    heard = Heard(texts='<a href="/index.php?page=letters&amp;sort=1">Letters</a>')
    known = await privileged("staff", (queue,), Dossier(readings=()), heard, app.fetch)
    assert [one.id for one in known] == ["GET /index.php?page=queue"]
    led = Heard(texts='<a href="/index.php?page=queue">Work list</a>')
    assert await privileged("staff", (queue,), Dossier(readings=()), led, app.fetch) == ()


async def test_one_script_that_serves_every_page_is_told_apart_by_its_query() -> None:
    text = "<p>Ana Reyes may log in</p>"
    users, rules = (
        Exchange(request=get(f"/app.php?id=a&do={one}"), response=page(text)) for one in ("users", "rules")
    )
    app = App(answer=lambda _: data({}, status=401))
    heard = Heard(
        texts='<a href="/app.php?id=a&amp;do=rules">House rules</a> <a href="/app.php?id=b">More</a>'
    )
    left = await privileged("staff", (users, rules), Dossier(readings=()), heard, app.fetch)
    assert [one.request for one in left] == [users.request]

from dataclasses import replace

from sessionward.audit.calibrate.hearing import Asker, Dossier, Heard, listen, mentions
from sessionward.audit.calibrate.objects import names
from sessionward.http import Exchange, Response, TokenSet
from tests.audit.calibrate.simulated import App, Call, get, page
from tests.audit.calibrate.simulated_records import clinic, dossier, heard, listing


async def test_an_account_is_offered_what_its_own_pages_link_to() -> None:
    app = clinic()
    known = await heard(app, dossier(app))
    for path, offered in (("/letters/12", False), ("/letters/31", True), ("/news/7", True)):
        request = get(path)
        assert known.offers(request, names(request)[0]) is offered, path


async def test_a_list_that_leaves_the_object_out_for_one_account_is_named() -> None:
    app = clinic()
    known = await heard(app, dossier(app))
    letter, news = get("/letters/12"), get("/news/7")
    assert [one.path for one in known.lists(letter, names(letter)[0])] == ["/letters"]
    assert list(known.lists(news, names(news)[0])) == []


async def test_the_account_s_own_object_is_the_counterpart_and_its_texts_are_heard() -> None:
    app = clinic()
    known = await heard(app, dossier(app))
    request = get("/letters/12")
    assert known.counterpart(request, names(request)[0]) == "31"
    assert known.shows("A harmless mole on the left shoulder, nothing to do.")
    assert not known.shows("Blood test of March")


async def test_what_is_said_of_an_address_that_no_app_knows_is_heard_as_the_frame_of_its_pages() -> None:
    def answer(call: Call) -> Response:
        if call.path != "/home":
            return page("<h1>Nothing here</h1><p>The house of good health</p>", status=404)
        return page("<h1>Welcome</h1>")

    known = Dossier(readings=(Exchange(request=get("/home"), response=page("<h1>Welcome</h1>")),))
    found = await listen(Asker(party="stranger", tokens=TokenSet()), known, App(answer=answer).fetch)
    assert found.shows("The house of good health")


def test_a_short_id_of_an_interface_counts_only_in_its_place() -> None:
    request, lists = get("/api/letters/12"), get("/api/letters")
    (name,) = names(request)
    known = Heard(pairs=((lists, listing(12, 13), listing(31, 32)),), texts='{"id": 12, "kind": "doctor"}')
    assert not known.offers(request, name)
    assert list(known.lists(request, name)) == [lists]
    assert known.counterpart(request, name) == "31"
    shared = Heard(pairs=((lists, listing(12), listing(12, 31)),))
    assert shared.offers(request, name)


def test_a_long_id_is_looked_for_by_itself_and_a_short_number_is_not() -> None:
    long, short = get("/api/letters/5f0c0c9e-3a51"), get("/api/letters/12")
    assert mentions('{"letter": "5f0c0c9e-3a51"}', long, names(long)[0])
    assert not mentions('{"letter": "12"}', short, names(short)[0])
    assert not mentions("/api/letters/123", short, names(short)[0])


def test_a_tenant_in_an_address_names_something_only_where_another_tenant_asks() -> None:
    app = clinic()
    known = dossier(app, ("/north/letters", "/letters"))
    assert [one.request.path for one in known.named] == []
    other = replace(known, tenant="north")
    assert [one.request.path for one in other.named] == ["/north/letters"]
    assert [one.request.path for one in other.plain] == ["/letters"]


def test_in_an_app_that_routes_by_a_query_an_id_belongs_to_its_page() -> None:
    request = get("/index.php?page=letter&id=12")
    name = next(one for one in names(request) if one.value == "12")
    assert not mentions('<a href="index.php?page=doctor&amp;id=12">', request, name)
    assert not mentions('<a href="index.php?page=letter&amp;id=121">', request, name)
    assert mentions('<a href="index.php?page=letter&amp;id=12&amp;back=1">', request, name)
    own = Heard(texts='<a href="?page=doctor&id=5">x</a> <a href="?page=letter&amp;id=31">Skin check</a>')
    assert own.counterpart(request, name) == "31"


def test_a_text_without_blanks_is_read_in_no_time() -> None:
    request = get("/index.php?page=letter&id=12")
    name = next(one for one in names(request) if one.value == "12")
    assert not mentions("x" * 400_000 + "id=" * 20_000, request, name)

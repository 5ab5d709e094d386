import pytest

from sessionward.audit.calibrate.hearing import Asker, Heard
from sessionward.audit.calibrate.owned_files import documents, expiry, is_file, is_numbered
from sessionward.audit.scene import Document
from sessionward.http import Exchange, Response
from tests.audit.calibrate.simulated import ONE, SESSIONS, THEIRS, App, Call, cookies, get, page


def file(body: bytes, kind: str = "application/pdf", **headers: str) -> Response:
    return Response(status=200, headers=(("Content-Type", kind), *headers.items()), body=body)


def answer(call: Call) -> Response:
    person = SESSIONS.get(call.cookies.get("sid", ""))
    if call.path == "/documents" and person:
        number = person.number
        links = f'<a href="/files/{number}.pdf">Report</a><a href="/files/rules.pdf">Rules</a>'
        return page(f"<p>{links}</p>")
    return file(call.path.encode(), **{"Content-Disposition": "attachment"})


PATHS = ("/documents", "/files/12.pdf", "/files/rules.pdf", "/export.csv")


async def found(texts: tuple[str, ...] = ()) -> dict[str, Document]:
    app = App(answer=answer)
    exchanges = app.witness("owner", cookies(sid=ONE), PATHS).exchanges
    stranger = Asker(party="stranger", tokens=cookies(sid=THEIRS))
    mine, theirs = (app.witness("x", cookies(sid=sid), ("/documents",)).exchanges[0] for sid in (ONE, THEIRS))
    assert mine.response
    heard = Heard(pairs=((mine.request, mine.response, theirs.response),), texts=theirs.text)
    known = await documents(exchanges, cookies(sid=ONE), stranger, heard, "", texts, app.fetch)
    return {one.request.path: one for one in known}


async def test_another_file_at_the_same_place_of_the_other_page_makes_it_the_owner_s() -> None:
    known = await found()
    assert (known["/files/12.pdf"].own, known["/files/12.pdf"].shared) == (True, False)


async def test_a_file_that_both_are_offered_is_shared() -> None:
    known = await found()
    assert (known["/files/rules.pdf"].own, known["/files/rules.pdf"].shared) == (False, True)


async def test_a_file_that_nothing_ties_to_anybody_is_kept_as_it_is() -> None:
    loose = (await found())["/export.csv"]
    assert (loose.own, loose.shared, loose.texts, loose.embedded) == (False, False, (), False)


@pytest.mark.parametrize(
    "link, shared",
    [
        ("list?do=csv&amp;sort=-day", True),
        ("./list?do=csv&amp;sort=-day", True),
        ("/ward/list?do=csv&amp;sort=-day", True),
        ("other-list?do=csv&amp;sort=-day", False),
        ("list?do=csv&amp;sort=name", False),
    ],
)
async def test_a_link_that_is_written_without_its_folder_offers_the_file_as_well(
    link: str, *, shared: bool
) -> None:
    def table(call: Call) -> Response:
        del call
        return file(b"day,title\n1,Knee\n", "text/csv")

    app, asked = App(answer=table), "/ward/list?do=csv&sort=-day"
    exchanges = app.witness("owner", cookies(sid=ONE), (asked,)).exchanges
    stranger, public = Asker(party="stranger", tokens=cookies(sid=THEIRS)), f'<a href="{link}">Download</a>'
    (known,) = await documents(exchanges, cookies(sid=ONE), stranger, Heard(), public, (), app.fetch)
    assert known.shared is shared


@pytest.mark.parametrize(
    "said, shared",
    [
        ('{"patient": "12", "beds": 3}', False),
        ('<td data-bed="12"><input value="12">', False),
        ('<a href="12-rules">Rules</a><a href="120">Bed</a>', False),
        ('<a href="/ward/letters/120">Letter</a>', False),
        ('<a href="12">Letter</a>', True),
        ("<a class=x href='./12'>Letter</a>", True),
        ('{"html": "<a href=\\"12\\">Letter</a>"}', True),
        ("<a href=12>Letter</a>", True),
        ('{"link": "https://clinic.test/ward/letters/12"}', True),
    ],
)
async def test_a_number_in_quotes_is_no_link_to_the_file_that_has_it_as_its_name(
    said: str, *, shared: bool
) -> None:
    app, asked = App(answer=lambda _: file(b"Dear Ana")), "/ward/letters/12"
    exchanges = app.witness("owner", cookies(sid=ONE), (asked,)).exchanges
    stranger, heard = Asker(party="stranger", tokens=cookies(sid=THEIRS)), Heard(texts=said)
    (known,) = await documents(exchanges, cookies(sid=ONE), stranger, heard, "", (), app.fetch)
    assert known.shared is shared


async def test_a_table_of_one_line_that_says_what_is_the_owner_s_is_a_document() -> None:
    app = App(answer=lambda _: file(b"Ana Reyes;1980-02-03;diabetes\n", "text/csv"))
    exchanges = app.witness("owner", cookies(sid=ONE), ("/card",)).exchanges
    stranger = Asker(party="stranger", tokens=cookies(sid=THEIRS))
    for texts, held in ((("Ana Reyes",), [("Ana Reyes",)]), ((), [])):
        known = await documents(exchanges, cookies(sid=ONE), stranger, Heard(), "", texts, app.fetch)
        assert [one.texts for one in known] == held


async def test_an_export_that_found_nothing_is_no_document() -> None:
    def table(call: Call) -> Response:
        return file(b"day,title\n" + (b"1,Knee\n" if "all" in call.request.url else b""), "text/csv")

    app = App(answer=table)
    exchanges = app.witness("owner", cookies(sid=ONE), ("/list?do=all", "/list?do=mine")).exchanges
    stranger = Asker(party="stranger", tokens=cookies(sid=THEIRS))
    known = await documents(exchanges, cookies(sid=ONE), stranger, Heard(), "", (), app.fetch)
    assert [one.request.url.partition("?")[2] for one in known] == ["do=all"]


@pytest.mark.parametrize(
    "path, response, is_one",
    [
        ("/files/1", file(b"x"), True),
        ("/scan/1.png", file(b"x", "image/png"), True),
        ("/static/logo.png", file(b"x", "image/png"), False),
        ("/avatars/ana.png", file(b"x", "image/png"), False),
        ("/favicon.png", file(b"x", "image/png"), False),
        ("/icon.svg", file(b"x", "image/svg+xml"), False),
        ("/feed.ics", file(b"x", "text/calendar"), False),
        ("/page", file(b"x", "text/html"), False),
        ("/page", file(b"x", "text/html", **{"Content-Disposition": "attachment; filename=x"}), True),
        ("/empty", file(b""), False),
    ],
)
def test_files_are_told_from_the_app_s_own_furniture(path: str, response: Response, is_one: bool) -> None:  # noqa: FBT001
    assert is_file(Exchange(request=get(path), response=response)) is is_one


@pytest.mark.parametrize(
    "query, ends",
    [
        ("expires=1900000000&sig=x", 1_900_000_000.0),
        ("exp=1900000000000&token=x", 1_900_000_000.0),
        ("X-Amz-Date=20260101T000000Z&X-Amz-Expires=300&X-Amz-Signature=x", 1_767_225_900.0),
        ("se=2026-01-01T00:05:00Z&sig=x", 1_767_225_900.0),
        ("expires=soon", None),
        ("e=5", None),
        ("", None),
    ],
)
def test_a_signed_address_says_when_it_ends(query: str, ends: float | None) -> None:
    assert expiry(f"http://clinic.test/files/1.pdf?{query}") == ends


@pytest.mark.parametrize(
    "url, is_one",
    [
        ("/files/17.pdf", True),
        ("/files/8f3a2c.pdf", True),
        ("/file.php?id=17", True),
        ("/documents/17/content", True),
        ("/plans/premium.pdf", False),
        ("/plans/terms-2026-03.pdf", False),
    ],
)
def test_a_file_that_is_called_by_a_word_is_the_app_s_though_others_are_led_to_another(
    url: str,
    is_one: bool,  # noqa: FBT001
) -> None:
    assert is_numbered(get(url)) is is_one

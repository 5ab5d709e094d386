from dataclasses import replace

import pytest

from sessionward.audit.calibrate.hearing import Dossier, Heard
from sessionward.audit.calibrate.records import is_owned, readings, records, tells, usual_texts
from sessionward.audit.scene import Records
from sessionward.http import Exchange, Response
from tests.audit.calibrate.simulated import ONE, SESSIONS, App, Call, cookies, data, get, page, post
from tests.audit.calibrate.simulated_records import LETTERS, PATHS, clinic, dossier, heard, stranger


async def found(*, everything: bool = False, open_letters: bool = False, **more: tuple[str, ...]) -> Records:
    app = clinic(open_letters=open_letters)
    known = dossier(app, **more)
    return await records(known, stranger(), await heard(app, known), app.fetch, everything=everything)


async def test_letters_that_only_the_owner_is_offered_are_records_with_their_own_texts() -> None:
    known = (await found()).known
    assert [(one.id, one.evidence) for one in known] == [
        ("GET /letters/12", "record"),
        ("GET /letters/13", "record"),
    ]
    assert "Haemoglobin is slightly low, take iron for three months." in known[0].texts
    assert "Blood test of March" in known[0].texts


async def test_the_frame_and_what_is_said_of_any_object_prove_nothing() -> None:
    texts = [text for one in (await found()).known for text in one.texts]
    assert not any("Please call us" in text or "Ana Reyes" in text for text in texts)


async def test_news_are_shared_and_a_doctor_whom_only_the_owner_sees_is_nobody_s() -> None:
    known = await found()
    ids = [one.id for one in known.known]
    assert (known.shared, known.named) == (1, 5)
    assert not any("news" in one or "doctors" in one for one in ids)


async def test_an_app_that_leaks_gives_the_same_records() -> None:
    assert [one.id for one in (await found(open_letters=True)).known] == [
        "GET /letters/12",
        "GET /letters/13",
    ]


async def test_a_planted_text_is_the_best_evidence_and_personal_data_the_weakest() -> None:
    known = (await found(canaries=("Haemoglobin",), personal=("ana.reyes@example.org",))).known
    assert [one.evidence for one in known] == ["canary", "record", "personal"]
    assert known[0].texts == ("Haemoglobin",)


async def test_everything_is_tried_where_the_tenant_is_named_beside_the_login() -> None:
    known = (await found(everything=True, canaries=("Welcome",))).known
    assert known == tuple(one for one in known if one.evidence != "canary")  # both accounts are welcome
    known = (await found(everything=True, canaries=("Knee examination",))).known
    assert "GET /letters" in [one.id for one in known]


def test_readings_are_a_few_of_each_pattern_with_their_last_answer_and_without_tokens() -> None:
    witness = clinic().witness("owner", cookies(sid=ONE), (*PATHS, "/letters/14", "/letters/15", "/letters"))
    paths = [one.request.path for one in readings(witness.exchanges, (), ("/visits",))]
    assert paths == [
        "/",
        "/letters",
        "/letters/12",
        "/letters/13",
        "/news",
        "/news/7",
        "/people/ana",
        "/doctors/5",
    ] or (
        set(paths)
        == {"/", "/letters", "/letters/12", "/letters/13", "/news", "/news/7", "/people/ana", "/doctors/5"}
    )
    assert all(one.request.header("cookie") is None for one in readings(witness.exchanges))


def test_what_changes_something_or_is_no_text_is_no_reading() -> None:
    kinds = (
        Exchange(request=post("/api/letters", {"title": "x"}), response=data({})),
        Exchange(request=get("/letters/12/delete"), response=data({})),
        Exchange(
            request=get("/x.png"), response=Response(status=200, headers=(("Content-Type", "image/png"),))
        ),
        Exchange(request=get("/gone"), response=data({}, status=404)),
    )
    assert readings(kinds) == ()


def test_dates_secrets_and_single_figures_are_no_texts_to_prove_by() -> None:
    assert tells("Haemoglobin is low")
    for text in (
        "2026-03-04",
        "low",
        "s3a9f01c7b2e4d5e6f7",
        "123456",
        "https://example.org/letters",
        "/projects?jump=admin",
        "?page=admin",
    ):
        assert not tells(text), text


def test_the_frame_of_the_pages_is_what_most_of_them_say() -> None:
    witness = clinic().witness("owner", cookies(sid=ONE), PATHS)
    usual = set(usual_texts(witness.exchanges))
    assert "Ana Reyes" in usual
    assert "Blood test of March" not in usual


@pytest.mark.parametrize(
    "url", ["/index.php?page=letter&id=12", "/view.php?letter_id=12", "/letter.php?id=12", "/befunde/12/"]
)
def test_what_an_id_is_of_stands_in_the_path_or_in_the_query(url: str) -> None:
    request, doctor = get(url), get("/index.php?page=doctor&id=12")
    link = f'<a href="{url.replace("&", "&amp;")}">Blood test</a><a href="index.php?page=doctor&amp;id=12">Dr</a>'
    lists = get("/index.php?page=all")
    known = Heard(pairs=((lists, page(link), page("<p>nothing</p>")),))
    dossier = Dossier(readings=())
    assert is_owned(Exchange(request=request, response=page("x")), dossier, known)
    assert not is_owned(Exchange(request=doctor, response=page("x")), dossier, known)


async def test_a_record_that_names_the_other_account_may_be_meant_for_both() -> None:
    app = clinic()
    known = dossier(app)
    asker = replace(stranger(), called=("knee", "bob@example.org"))
    found = await records(known, asker, await heard(app, known), app.fetch)
    assert [(one.id, one.evidence) for one in found.known] == [
        ("GET /letters/12", "record"),
        ("GET /letters/13", "personal"),
    ]


async def test_a_list_below_the_tenant_s_name_is_compared_with_the_asker_s_own() -> None:
    app = App(answer=letters_by_tenant)
    known = replace(
        dossier(app, ("/t/north/letters", "/t/north/letters/12")), tenant="north", elsewhere="south"
    )
    found = await records(known, stranger(), await heard(app, known), app.fetch)
    assert [(one.id, one.evidence) for one in found.known] == [("GET /t/north/letters/12", "record")]


def letters_by_tenant(call: Call) -> Response:
    """A house that has each tenant's pages below its name, for those of the tenant alone."""
    person = SESSIONS.get(call.cookies.get("sid", ""))
    home = {"ana": ("north", "12"), "bob": ("south", "31")}
    _, tenant, _, *rest = (*call.path.strip("/").split("/"), "")
    if person is None or home[person.username][0] != tenant:
        return data({}, status=403)
    _, number = home[person.username]
    link = f'<a href="/t/{tenant}/letters/{number}">{LETTERS[number][1]}</a>'
    return page(f"<p>{LETTERS[number][2]}</p>" if rest and rest[0] == number else link)

"""A clinic whose patients have letters and appointments, which name doctors and news that everybody may read."""

from __future__ import annotations

from collections.abc import Iterable

from sessionward.audit.calibrate.hearing import Asker, Dossier, Heard, listen
from sessionward.audit.calibrate.records import readings
from sessionward.http import Response
from tests.audit.calibrate.simulated import (
    ONE,
    SESSIONS,
    THEIRS,
    App,
    Call,
    Person,
    cookies,
    data,
    page,
    redirect,
)

LETTERS = {
    "12": ("ana", "Blood test of March", "Haemoglobin is slightly low, take iron for three months."),
    "13": ("ana", "Knee examination", "No fracture was seen, the swelling goes down by itself."),
    "31": ("bob", "Skin check", "A harmless mole on the left shoulder, nothing to do."),
}
DOCTORS = {
    "5": "Doctor Smith works on Mondays and Thursdays in the heart ward.",
    "6": "Doctor Jones works on Fridays.",
}
NEWS = {"7": "Flu vaccinations are offered every Tuesday in the north wing."}
NOTHING = "There is nothing here."
VISITS = {"ana": "5", "bob": "6"}
PATHS = (
    "/",
    "/letters",
    "/letters/12",
    "/letters/13",
    "/visits",
    "/doctors/5",
    "/news",
    "/news/7",
    "/people/ana",
)


def clinic(*, open_letters: bool = False) -> App:
    """The clinic; ``open_letters``: it forgets to ask whose letter it is."""

    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if person is None:
            return redirect()
        top, _, key = call.path.strip("/").partition("/")
        return frame(person, content(person, top, key, open_letters=open_letters))

    return App(answer=answer)


def content(person: Person, top: str, key: str, *, open_letters: bool) -> str:
    """What a page says."""
    own = {number: letter for number, letter in LETTERS.items() if letter[0] == person.username}
    if top == "letters" and not key:
        return "".join(f'<a href="/letters/{number}">{title}</a>' for number, (_, title, _) in own.items())
    if top == "letters" and key in (LETTERS if open_letters else own):
        _, title, text = LETTERS[key]
        return f"<h1>{title}</h1><p>{text}</p><p>Please call us where you have questions.</p>"
    if top == "visits":
        return f'<p>Tuesday with <a href="/doctors/{VISITS[person.username]}">your doctor</a></p>'
    if top == "doctors":
        return f"<p>{DOCTORS.get(key, NOTHING)}</p>"
    if top == "news":
        return f"<p>{NEWS[key]}</p>" if key else '<a href="/news/7">Flu</a>'
    if top == "people" and key == person.username:
        return f"<p>{person.email}</p>"
    return (
        "<p>Please call us where you have questions. There is nothing here.</p>" if top else "<p>Welcome</p>"
    )


def frame(person: Person, text: str) -> Response:
    """A page of the clinic."""
    return page(f'<nav>{person.full_name} <a href="/letters">Letters</a></nav><main>{text}</main>')


def dossier(app: App, paths: Iterable[str] = PATHS, **more: tuple[str, ...]) -> Dossier:
    """What the owner's browser brought home."""
    witness = app.witness("owner", cookies(sid=ONE), paths)
    return Dossier(
        readings=readings(witness.exchanges),
        known=("ana",),
        canaries=more.get("canaries", ()),
        personal=more.get("personal", ()),
    )


def stranger() -> Asker:
    """The other account."""
    return Asker(party="stranger", tokens=cookies(sid=THEIRS))


async def heard(app: App, known: Dossier) -> Heard:
    """What the other account is shown of its own."""
    return await listen(stranger(), known, app.fetch)


def listing(*numbers: int) -> Response:
    """A list as an interface gives it."""
    return data([{"id": number, "title": f"Letter {number}"} for number in numbers])

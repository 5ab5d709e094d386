import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Browser

from sessionward.demo.pages import consultation
from sessionward.demo.people import Person
from sessionward.demo.sample_neighbours import OLE
from sessionward.demo.sample_people import ANA, BEN, IDA
from sessionward.demo.server import serving
from tests.demo.trial import BY_HAND, HOST, Guest, Trial, code_of, make_settings, make_trial

HERE = f"https://{HOST}"
OWN, PATIENTS = "/consultation/socket", "/patients/ana/consultation/socket"


@dataclass(slots=True)
class Conversation:
    """A browser's WebSocket."""

    sent: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    heard: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)

    async def say(self, news: object) -> None:
        await self.sent.put({"type": "websocket.receive", "text": json.dumps(news)})

    async def hear(self) -> Any:
        return json.loads((await self.heard.get())["text"])


@asynccontextmanager
async def conversation(
    trial: Trial, guest: Guest, path: str, origin: str | None = HERE
) -> AsyncIterator[Conversation]:
    cookies = "; ".join(f"{name}={value}" for name, value in guest.http.cookies.items())
    headers = {"host": HOST, "cookie": cookies} | ({} if origin is None else {"origin": origin})
    scope = {
        "type": "websocket",
        "scheme": "wss",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": (HOST, 80),
        "subprotocols": [],
    }
    made = Conversation()
    await made.sent.put({"type": "websocket.connect"})
    task = asyncio.create_task(trial.app(scope, made.sent.get, made.heard.put))  # type: ignore[arg-type]
    try:
        yield made
        await made.sent.put({"type": "websocket.disconnect", "code": 1000})
    finally:
        await asyncio.wait_for(task, 5)


async def logged_in(trial: Trial, person: Person) -> Guest:
    guest = trial.guest()
    await guest.log_in(person)
    return guest


async def test_patient_and_doctor_hear_each_other() -> None:
    trial = make_trial()
    ana, ida = await logged_in(trial, ANA), await logged_in(trial, IDA)
    async with conversation(trial, ana, OWN) as own, conversation(trial, ida, PATIENTS) as other:
        assert [(await each.heard.get())["type"] for each in (own, other)] == ["websocket.accept"] * 2
        await own.say({"kind": "alive"})
        await other.say({"kind": "say", "text": "Good morning"})
        for each in (own, other):
            while (news := await each.hear())["kind"] != "line":
                assert news["present"]
            assert (news["speaker"], news["text"]) == (IDA.name, "Good morning")
    async with conversation(trial, ana, OWN) as own:
        await own.heard.get()
        assert [line["text"] for line in (await own.hear())["lines"]] == ["Good morning"]


@pytest.mark.parametrize(
    "person,path,origin",
    [
        (IDA, OWN, HERE),
        (BEN, PATIENTS, HERE),
        (OLE, PATIENTS, HERE),
        (ANA, OWN, "https://elsewhere.test"),
        (ANA, OWN, None),
        (None, OWN, HERE),
        (None, PATIENTS, HERE),
    ],
)
async def test_a_conversation_opens_to_those_two_and_from_the_clinics_own_page(
    person: Person | None, path: str, origin: str | None
) -> None:
    trial = make_trial()
    guest = await logged_in(trial, person) if person else trial.guest()
    async with conversation(trial, guest, path, origin) as refused:
        assert (await refused.heard.get())["type"] == "websocket.close"
        assert refused.heard.empty()


@pytest.mark.parametrize("sent", ["no json", "[]", '{"kind": "say"}', '{"kind": "say", "text": 7}'])
async def test_nonsense_ends_the_conversation_or_is_passed_over(sent: str) -> None:
    trial = make_trial()
    ana = await logged_in(trial, ANA)
    async with conversation(trial, ana, OWN) as own:
        await own.sent.put({"type": "websocket.receive", "text": sent})
    async with conversation(trial, ana, OWN) as own:
        await own.heard.get()
        assert (await own.hear())["present"] == [ANA.name]


async def test_after_the_logout_nothing_is_heard_or_said_any_more() -> None:
    trial = make_trial()
    ana, ida = await logged_in(trial, ANA), await logged_in(trial, IDA)
    async with conversation(trial, ana, OWN) as own, conversation(trial, ida, PATIENTS) as other:
        for _ in range(3):
            await own.heard.get()
        await ana.log_out()
        await other.say({"kind": "say", "text": "Are you there?"})
        while (news := await own.heard.get())["type"] != "websocket.close":
            assert "Are you there?" not in news["text"]
        await own.say({"kind": "say", "text": "From beyond"})
    assert "From beyond" not in (await ida.get("/patients/ana/consultation")).text


async def test_a_conversation_holds_the_end_off_for_a_while_and_no_longer() -> None:
    trial = make_trial()
    ana = await logged_in(trial, ANA)
    async with conversation(trial, ana, OWN) as own:
        for _ in range(3):
            await own.heard.get()
        trial.clock.now += 880
        await own.say({"kind": "say", "text": "Still here"})
        await own.heard.get()
        trial.clock.now += 60
        assert (await ana.get("/api/me")).status_code == 200
    trial.clock.now += 929
    assert (await ana.get("/api/me")).status_code == 200
    trial.clock.now += 2
    assert not await ana.sees()


async def test_by_hand_a_conversation_is_no_activity() -> None:
    trial = make_trial(protections=BY_HAND)
    ana = await logged_in(trial, ANA)
    async with conversation(trial, ana, OWN) as own:
        for _ in range(3):
            await own.heard.get()
        trial.clock.now += 899
        await own.say({"kind": "say", "text": "Still here"})
        await own.heard.get()
        trial.clock.now += 1
    assert not await ana.sees()


async def test_without_a_socket_the_form_says_it() -> None:
    trial = make_trial()
    ana, ida = await logged_in(trial, ANA), await logged_in(trial, IDA)
    assert (await ana.submit("/consultation", {"text": "I am here"})).status_code == 303
    assert "I am here" in (await ida.get("/patients/ana/consultation")).text
    await ida.submit("/patients/ana/consultation", {"text": "So am I"})
    assert "So am I" in (await ana.get("/consultation")).text
    assert (await ana.post("/consultation", {"text": "forged"})).status_code == 403
    await ana.submit("/consultation", {"text": "  "})
    assert "Nothing was said." in (await ana.get("/consultation")).text


@pytest.mark.parametrize("live", [True, False])
async def test_the_page_opens_a_socket_where_the_server_knows_any(
    monkeypatch: pytest.MonkeyPatch, *, live: bool
) -> None:
    monkeypatch.setattr(consultation, "sockets_served", lambda: live)
    ana = await logged_in(make_trial(), ANA)
    assert ("data-consultation=" in (await ana.get("/consultation")).text) is live


def test_whether_sockets_are_served_depends_on_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for found in (None, object()):
        consultation.sockets_served.cache_clear()
        monkeypatch.setattr("importlib.util.find_spec", lambda _name, found=found: found)
        assert consultation.sockets_served() is bool(found)
    consultation.sockets_served.cache_clear()


@pytest.mark.browser
async def test_in_two_browsers_patient_and_doctor_read_each_other_at_once(browser: Browser) -> None:
    if not consultation.sockets_served():
        pytest.skip("the server knows no WebSockets: install the package websockets to try them")
    async with serving(make_settings()) as url:
        pages = []
        for person, path in ((ANA, "/consultation"), (IDA, "/patients/ana/consultation")):
            context = await browser.new_context(base_url=url)
            page = await context.new_page()
            await page.goto("/login")
            await page.fill("#username", person.email)
            await page.fill("#password", person.password)
            await page.click("main button")
            if person.totp:
                await page.fill("#code", code_of(person))
                await page.click("main button")
            await page.wait_for_url("**/overview")
            await page.goto(path)
            pages.append(page)
        ana, ida = pages
        await ana.get_by_text(f"Here now: {ANA.name}, {IDA.name}").wait_for()
        await ida.fill("#text", "Good morning")
        await ida.keyboard.press("Tab")
        await ida.keyboard.press("Enter")
        await ana.get_by_text("Good morning").wait_for()
        assert await ida.input_value("#text") == ""

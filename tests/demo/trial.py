"""A clinic on trial: an app of its own, a clock that the test turns, and guests without a browser window."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
from starlette.applications import Starlette

from sessionward.demo.app import create_app
from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.people import Person
from sessionward.demo.sample_people import ANA

HOST = "clinic.test"
FORGERY_TOKEN = re.compile(r'name="forgery_token" value="([^"]+)"')
LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
MAILED_LINK = re.compile(rf"http://{HOST}(/\S+)")
NEW_PASSWORD = "a-wholly-new-password"


@dataclass(slots=True)
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(slots=True)
class Guest:
    """One browser: it keeps cookies and sends them back."""

    http: httpx.AsyncClient

    @property
    def token(self) -> str | None:
        return self.http.cookies.get("session")

    @property
    def remembered(self) -> str | None:
        return self.http.cookies.get("remember")

    async def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return await self.http.get(path, headers=headers)

    async def post(
        self, path: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        return await self.http.post(path, data=fields, headers=headers)

    async def forgery_token(self, path: str) -> str:
        found = FORGERY_TOKEN.search((await self.get(path)).text)
        return found.group(1) if found else ""

    async def submit(self, path: str, fields: dict[str, str], *, form: str | None = None) -> httpx.Response:
        """Send a form as its page does."""
        own = {"forgery_token": await self.forgery_token(form or path)}
        return await self.post(path, fields | own)

    async def log_in(
        self, person: Person = ANA, *, password: str | None = None, remember: bool = False
    ) -> httpx.Response:
        fields = {"username": person.email, "password": password or person.password}
        return await self.submit("/login", fields | ({"remember": "yes"} if remember else {}))

    async def log_out(self) -> None:
        """Press what the page offers, be it a button or a link."""
        if 'href="/logout"' in (await self.get("/profile")).text:
            await self.get("/logout")
        else:
            await self.submit("/logout", {}, form="/profile")

    async def change_password(self, current: str = ANA.password, new: str = NEW_PASSWORD) -> httpx.Response:
        fields = {"current_password": current, "new_password": new, "repeat_password": new}
        return await self.submit("/password", fields)

    async def api_token(self) -> str:
        proof = await self.forgery_token("/profile")
        answer = await self.post("/api/token", headers={"x-forgery-token": proof})
        token: str = answer.raise_for_status().json()["token"]
        return token

    async def sees(self, person: Person = ANA, path: str = "/profile") -> bool:
        return person.phone in (await self.get(path)).text

    async def links(self, path: str) -> set[str]:
        return set(LINK.findall((await self.get(path)).text)) - {"/logout"}


def make_settings(**changes: object) -> Settings:
    """A clinic that hashes at no cost."""
    return replace(Settings(password_cost=2), **changes)  # type: ignore[arg-type]


def mails(outbox: Path) -> list[str]:
    """The mails in that directory, in the order in which they were sent."""
    return [mail.read_text() for mail in sorted(outbox.glob("*.eml"))]


def mailed_links(outbox: Path) -> list[str]:
    """The paths of the links in those mails."""
    return [path for text in mails(outbox) for path in MAILED_LINK.findall(text)]


@dataclass(slots=True)
class Trial:
    """One clinic and its clock."""

    app: Starlette
    clock: Clock = field(default_factory=Clock)

    def guest(self, **cookies: str | None) -> Guest:
        """A browser of its own, with these cookies and no other."""
        transport = httpx.ASGITransport(app=self.app)
        http = httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}")
        for name, value in cookies.items():
            assert value is not None, f"there is no {name} to present"
            http.cookies.set(name, value, domain=HOST, path="/")
        return Guest(http)

    async def shows_by_bearer(self, token: str, path: str, person: Person = ANA) -> bool:
        answer = await self.guest().get(path, {"authorization": f"Bearer {token}"})
        return answer.status_code == 200 and (
            person.phone in answer.text or person.messages[0].text in answer.text
        )


def make_trial(*hazards: Hazard, **changes: object) -> Trial:
    clock = Clock()
    settings = with_hazards(make_settings(clock=clock, **changes), hazards)
    return Trial(create_app(settings), clock)

"""A clinic on trial: an app of its own, a clock that the test turns, and guests without a browser window."""

import re
import time
from base64 import b32decode
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
from starlette.applications import Starlette

from sessionward.demo.app import create_app
from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.home_made.token_scheme import TokenScheme
from sessionward.demo.people import Person
from sessionward.demo.protections import Protections
from sessionward.demo.sample_people import ANA
from sessionward.session.factors.totp import TotpSecret

HOST = "clinic.test"
SITE = f"https://{HOST}"
PAGE = {"accept": "text/html,application/xhtml+xml"}
"""What browsers say that they want where somebody follows a link or types an address."""
ELSEWHERE = "https://elsewhere.test"
NAVIGATION = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-user": "?1"}
FORGERY_TOKEN = re.compile(r'name="forgery_token" value="([^"]+)"')
LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
NONCE = re.compile(r' nonce="[^"]*"')
MAILED_LINK = re.compile(rf"https?://{HOST}(?::\d+)?(/\S+)")
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
        return self._cookie("session")

    @property
    def remembered(self) -> str | None:
        return self._cookie("remember")

    def _cookie(self, name: str) -> str | None:
        """The cookie of that name, be it bound to its host or not."""
        return self.http.cookies.get(f"__Host-{name}") or self.http.cookies.get(name)

    async def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        asked = {} if path.startswith("/api/") else PAGE
        return await self.http.get(path, headers=asked | (headers or {}))

    async def post(
        self, path: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Send what nothing says the origin of, unless `headers` do."""
        return await self.http.post(path, data=fields, headers=headers)

    @property
    def own(self) -> dict[str, str]:
        """What browsers say of a page of the clinic."""
        return {"origin": str(self.http.base_url).rstrip("/")}

    async def forgery_token(self, path: str) -> str:
        found = FORGERY_TOKEN.search((await self.get(path)).text)
        return found.group(1) if found else ""

    async def submit(self, path: str, fields: dict[str, str], *, form: str | None = None) -> httpx.Response:
        """Send a form as its page does."""
        own = {"forgery_token": await self.forgery_token(form or path)}
        return await self.post(path, fields | own, self.own)

    async def log_in(
        self, person: Person = ANA, *, password: str | None = None, remember: bool = False
    ) -> httpx.Response:
        fields = {"username": person.email, "password": password or person.password}
        answer = await self.submit("/login", fields | ({"remember": "yes"} if remember else {}))
        if answer.headers.get("location") != "/login/code":
            return answer
        for step in (0, 1, -1):  # a code counts once, so somebody who logs in again needs another one
            answer = await self.submit("/login/code", {"code": code_of(person, step)})
            if answer.status_code == 303:
                break
        return answer

    async def log_out(self) -> httpx.Response:
        """Press what the page offers, be it a button or a link."""
        if 'href="/logout"' in (await self.get("/profile")).text:
            return await self.get("/logout")
        return await self.submit("/logout", {}, form="/profile")

    async def change_password(self, current: str = ANA.password, new: str = NEW_PASSWORD) -> httpx.Response:
        fields = {"current_password": current, "new_password": new, "repeat_password": new}
        return await self.submit("/password", fields)

    async def api_token(self) -> str:
        proof = await self.forgery_token("/profile")
        answer = await self.post("/api/token", headers=self.own | {"x-forgery-token": proof})
        token: str = answer.raise_for_status().json()["token"]
        return token

    async def from_elsewhere(
        self, path: str, fields: dict[str, str] | None = None, *, embedded: bool = False
    ) -> httpx.Response:
        """What another site's page has this browser ask: a link, with `fields` a form, or something `embedded`.

        Cookies go along as browsers send them: Lax with links alone, unmarked ones with young forms as well.
        """
        followed = fields is None and not embedded
        going = [
            f"{cookie.name}={cookie.value}"
            for cookie in self.http.cookies.jar
            if (marked := str(cookie.get_nonstandard_attr("SameSite", "none")).lower()) == "none"
            or (followed and marked == "lax")
        ]
        headers = {"cookie": "; ".join(going), "origin": ELSEWHERE, "sec-fetch-site": "cross-site"}
        headers |= {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"} if embedded else NAVIGATION
        if followed:
            del headers["origin"]
        method = "GET" if fields is None else "POST"
        async with httpx.AsyncClient(
            transport=self.http._transport,  # noqa: SLF001 — the same app, and a jar of its own
            base_url=SITE,
        ) as http:
            return await http.request(method, path, data=fields, headers=headers)

    async def sees(self, person: Person = ANA, path: str = "/profile") -> bool:
        return person.phone in (await self.get(path)).text

    async def links(self, path: str) -> set[str]:
        return set(LINK.findall((await self.get(path)).text)) - {"/logout"}


def text_of(answer: httpx.Response) -> str:
    """What a page says, without the nonce that is new in each answer."""
    return NONCE.sub("", answer.text)


def code_of(person: Person, step: int = 0) -> str:
    """What the person's authenticator shows, or showed or will show `step` periods from now."""
    secret = TotpSecret(key=b32decode(person.totp))
    return secret.code(int(time.time()) // secret.period + step)


BY_HAND = Protections(tokens=lambda: TokenScheme())  # noqa: PLW0108 — the same, and not the session layer's
"""Sessions by hand, with nothing wrong about them."""


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

    def guest(self, *, scheme: str = "https", **cookies: str | None) -> Guest:
        """A browser of its own, with these cookies and no other, whatever the app expects before their names."""
        transport = httpx.ASGITransport(app=self.app)
        http = httpx.AsyncClient(transport=transport, base_url=f"{scheme}://{HOST}")
        for name, value in cookies.items():
            assert value is not None, f"there is no {name} to present"
            for full in (name, f"__Host-{name}"):
                http.cookies.set(full, value, domain=HOST, path="/")
        return Guest(http)

    async def shows_by_bearer(self, token: str, path: str, person: Person = ANA) -> bool:
        answer = await self.guest().get(path, {"authorization": f"Bearer {token}"})
        return answer.status_code == 200 and (
            person.phone in answer.text or person.messages[0].text in answer.text
        )


def make_trial(*hazards: Hazard, **changes: object) -> Trial:
    clock = Clock()
    settings = with_hazards(make_settings(clock=clock, **changes), hazards)
    return Trial(create_app(settings, origins=[SITE]), clock)


async def read_by(trial: Trial, reader: Person, owner: Person) -> list[str]:
    """The addresses from which `reader` is shown private texts of `owner` that a stranger is not shown."""
    owning, reading, stranger = (trial.guest() for _ in range(3))
    await owning.log_in(owner)
    await reading.log_in(reader)
    found = {"/profile", "/overview", "/patients"}
    for path in ("/records", "/documents", *(f"/records/{record.id}" for record in owner.records)):
        found |= await owning.links(path)
    private = {owner.phone, *(record.text for record in owner.records)}

    async def told(guest: Guest, path: str) -> set[str]:
        text = (await guest.get(path)).text
        return {each for each in private if each in text}

    return [path for path in sorted(found) if await told(reading, path) - await told(stranger, path)]

"""A stage in front of ``FakeApp``: two accounts, the flows, and a scene as calibration would leave it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sessionward.audit.explore.flows import Handle, LoginFlow, LogoutFlow, PasswordFlow
from sessionward.audit.journal import Journal
from sessionward.audit.observation import Session
from sessionward.audit.perform.performer import Performer
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import ChangePassword, LogIn
from sessionward.audit.scene import PolicyFacts, PrivateExchange, Scene
from sessionward.http import Carrier, Redactor, Request, TokenKey
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.fake_driver import FakeDriver

SID = TokenKey(Carrier.COOKIE, "sid")
RUN = "some-check#1"
PROFILE = PrivateExchange(
    id="profile",
    request=Request(method="GET", url=f"{START}profile"),
    members=frozenset({SID}),
    markers={"owner": (">ana@clinic.example<",), "stranger": (">ben@clinic.example<",)},
)
POLICY = PolicyFacts(profile="patient-portal", inactivity_timeout=900, absolute_lifetime=43200)
LOGIN = LoginFlow(url=f"{START}login", remember=True)
LOGOUT = LogoutFlow(url=f"{START}home", control=Handle(tag="button", name="Log out"))
PASSWORD = PasswordFlow(
    url=f"{START}password",
    current=Handle(tag="input", type="password", field="current"),
    new=Handle(tag="input", type="password", field="new"),
    confirm=Handle(tag="input", type="password", field="repeat"),
    submit=Handle(tag="button", name="Change password"),
)


@dataclass(slots=True, kw_only=True)
class World:
    """An app, the browsers in front of it, and the performer that acts in them."""

    app: FakeApp
    driver: FakeDriver
    stage: Stage
    performer: Performer

    @property
    def ana(self) -> Person:
        """The owner's account."""
        return self.stage.people["owner"]

    async def log_in(self, party: str = "owner", *, keep: bool = True, run: str = RUN) -> Session:
        """A session of that party."""
        return await self.performer.sessions.log_in(LogIn(party=party, keep=keep), run)

    async def change(self, session: Session, run: str = RUN) -> None:
        """A password change that is not looked at."""
        await self.performer.perform(ChangePassword(session=session), run)

    async def opens(self, session: Session) -> str:
        """Whom the private page shows to the session's tokens."""
        return (await self.performer.replayer.replay(PROFILE, session.tokens)).shows


def scene(*, calibrated: bool = True) -> Scene:
    """What is known of the app, or nothing yet."""
    private = (PROFILE,) if calibrated else ()
    return Scene(start=START, policy=POLICY, wait=0, private=private, calibrated=calibrated)


def person(name: str) -> Person:
    """An account of the app."""
    password = f"{name.capitalize()}-1-secret"
    return Person(name=name, username=name, password=password, original=password)


def world(path: Path, app: FakeApp | None = None, *, calibrated: bool = True) -> World:
    """A world whose journal stands in ``path``."""
    app = app or FakeApp()
    driver = FakeDriver(app)
    stage = Stage(
        driver=driver,
        people={"owner": person("ana"), "stranger": person("ben")},
        redactor=Redactor(),
        journal=Journal(path),
        scene=scene(calibrated=calibrated),
        login=LOGIN,
        logout=LOGOUT if app.logout != "none" else None,
        password=PASSWORD,
    )
    return World(app=app, driver=driver, stage=stage, performer=Performer(stage))

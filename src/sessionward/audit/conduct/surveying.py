"""Learning the app as its owner: the screens, the logout, the password change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from sessionward.audit.driver import DriverError, Screen
from sessionward.audit.events import Listener, StageStarted
from sessionward.audit.explore.account_menu import pages_beside
from sessionward.audit.explore.explorer import Exploration, Limits, explore
from sessionward.audit.explore.forms import Filler
from sessionward.audit.explore.logout import find_logout
from sessionward.audit.explore.password import find_password_change
from sessionward.audit.observation import Session
from sessionward.audit.perform.performer import Performer
from sessionward.audit.scene import LoginFacts, LogoutFacts, PasswordChangeFacts
from sessionward.http import Exchange


@dataclass(slots=True, kw_only=True)
class Survey:
    """What exploring came to. ``missing`` says for a flow that was not found why, in words."""

    exploration: Exploration
    exchanges: tuple[Exchange, ...]
    login: LoginFacts
    logout: LogoutFacts | None
    password: PasswordChangeFacts | None
    missing: dict[str, str]


async def survey(performer: Performer, owner: Session, limits: Limits, emit: Listener, seed: int) -> Survey:
    """Explore in the owner's live browser and find the flows that the experiments need."""
    stage, tab = performer.stage, performer.book.tab(owner)
    emit(StageStarted(stage="exploring"))
    home = await tab.look()
    exploration = await explore(tab, home.url, limits, fill=Filler(seed))
    missing: dict[str, str] = {}
    logout = await _find_logout(performer, owner, home, exploration.screens or (home,), missing)
    if stage.logout is not None:
        beside = await pages_beside(tab, stage.logout, [s.url for s in exploration.screens], limits.exclude)
        exploration = replace(exploration, screens=(*exploration.screens, *beside))
    screens = exploration.screens or (home,)
    password = await _find_password(performer, owner, screens, exploration.addresses, missing)
    flow = stage.login
    if flow is None:
        raise DriverError("the login was lost")
    if not flow.remember:
        missing["remember"] = "the login form offers no way to be remembered"
    return Survey(
        exploration=exploration,
        exchanges=tab.recorded(),
        login=LoginFacts(
            url=flow.url, remember=flow.remember, steps=flow.steps, second_factor=flow.second_factor
        ),
        logout=logout,
        password=password,
        missing=missing,
    )


async def _find_logout(
    performer: Performer, owner: Session, home: Screen, screens: Sequence[Screen], missing: dict[str, str]
) -> LogoutFacts | None:
    tab = performer.book.tab(owner)
    pages = [home.url, *[screen.url for screen in screens if screen.url != home.url][:4]]
    for url in pages:
        try:
            flow = await find_logout(tab, await tab.go(url))
        except DriverError:
            continue
        if flow:
            performer.stage.logout = flow
            name = flow.control.name or flow.control.href or flow.control.field or flow.control.tag
            href = flow.control.href
            return LogoutFacts(found_on=flow.url, control=name, link=urljoin(flow.url, href) if href else "")
    missing["logout"] = (
        f"no control to log out was found on {len(pages)} screens, their menus included; check that people can find it"
    )
    return None


async def _find_password(
    performer: Performer,
    owner: Session,
    screens: Sequence[Screen],
    addresses: Sequence[str],
    missing: dict[str, str],
) -> PasswordChangeFacts | None:
    person = performer.stage.people[owner.party]
    known = (
        *addresses,
        person.username,
        person.name,
    )  # a link with the account's name leads to its own pages
    try:
        flow = await find_password_change(performer.book.tab(owner), screens, known)
    except DriverError as error:
        missing["password-change"] = f"looking for the password change broke off: {error}"
        return None
    if flow is None:
        missing["password-change"] = f"none of {len(screens)} screens leads to one"
        return None
    performer.stage.password = flow
    return PasswordChangeFacts(url=flow.url, asks_current=flow.current is not None)

"""Logging in: filling what the pages ask for in turn until the app lets us in or says no."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.entrance import LoginForm, locate
from sessionward.audit.explore.flows import Credentials, Entered, LoginFlow, LoginHints
from sessionward.audit.explore.groups import identifiers, is_field, label, usable
from sessionward.audit.explore.handles import follow
from sessionward.audit.explore.interstitial import asks_to_stay, leave_interstitial
from sessionward.audit.explore.patience import drawn
from sessionward.audit.explore.second_factor import choice_of_factor, code_prompt, enter_code
from sessionward.audit.explore.verdict import (
    Reply,
    asks_for_new_password,
    captcha_shown,
    looks_let_in,
)
from sessionward.audit.explore.words.access import FORGOT, PROVIDER
from sessionward.audit.explore.words.fields import PASSWORD, SHOW

MOST_TURNS = 24
MOST_INTERSTITIALS = 4
MOST_CODES = 2
PATIENCE = 4
"""How often a page that shows no change is looked at again, each time after it has settled."""


@dataclass(slots=True)
class _Entry:
    """One try to log in, and how far it got."""

    tab: Tab
    flow: LoginFlow
    who: Credentials
    hints: LoginHints
    remember: bool
    codes: Callable[[], Awaitable[str | None]] | None
    remembered: bool = False
    named: bool = False
    sent: bool = False
    coded: int = 0
    steps: int = 0
    interstitials: int = 0
    patience: int = PATIENCE
    mark: int = 0
    before: Screen | None = None
    pressed: set[str] = field(default_factory=set)

    def ended(self, *, ok: bool, reason: str = "", refused: bool = False) -> Entered:
        """How it ended, with what was learned of the flow."""
        flow = replace(
            self.flow,
            steps=max(self.steps, 1),
            remember=self.flow.remember or self.remembered,
            second_factor=self.flow.second_factor or self.coded > 0,
        )
        return Entered(ok=ok, reason=reason, remembered=self.remembered, refused=refused, flow=flow)

    def reply(self, screen: Screen) -> Reply:
        """What the app answered to what was sent last."""
        return Reply(
            before=self.before,
            after=screen,
            exchanges=self.tab.recorded()[self.mark :],
            secrets=(self.who.password,),
        )

    async def again(self) -> Screen | None:
        """The page once more after it has settled, None when patience has run out."""
        self.patience -= 1
        if self.patience < 0:
            return None
        await self.tab.settle()
        return await self.tab.look()


async def log_in(
    tab: Tab,
    flow: LoginFlow,
    who: Credentials,
    hints: LoginHints,
    *,
    remember: bool,
    address: str = "",
    code: Callable[[], Awaitable[str | None]] | None = None,
) -> Entered:
    """Log in through the app's own pages, at ``address`` where one is given, else where the flow begins.

    ``code`` gives a one-time code when one is asked for. Raises DriverError where the login page cannot be opened.
    """
    entry = _Entry(tab=tab, flow=flow, who=who, hints=hints, remember=remember, codes=code)
    if hints.script:
        return await _by_script(entry, address or flow.url)
    screen = await clear(tab, await drawn(tab, await tab.go(address or flow.url)))
    try:
        opened = await follow(tab, screen, flow.path)
        turn: Screen | Entered = opened or screen
        for _ in range(MOST_TURNS):
            if isinstance(turn, Entered):
                return turn
            turn = await _turn(entry, turn)
    except DriverError as failure:
        return replace(entry.ended(ok=False, reason=f"the login broke off: {failure}"), broken=True)
    return entry.ended(ok=False, reason="the login went on asking and never ended")


async def _no_code() -> str | None:
    return None


async def _by_script(entry: _Entry, address: str) -> Entered:
    """Let the user's script log in, and judge by what the page offers then."""
    tab, who = entry.tab, entry.who
    await tab.go(address)
    account = {"username": who.username, "password": who.password, "code": entry.codes or _no_code}
    await tab.run(Path(entry.hints.script), account)
    screen = await tab.look()
    if await locate(tab, screen, entry.hints, name_alone=False) is None or looks_let_in(screen):
        return entry.ended(ok=True)
    return entry.ended(
        ok=False, reason=f"after the login script {screen.url} still asks to log in", refused=True
    )


async def _turn(entry: _Entry, screen: Screen) -> Screen | Entered:
    """Do what this page asks for: the page after it, or the end."""
    form = await locate(entry.tab, screen, entry.hints, name_alone=entry.sent or not entry.named)
    if entry.sent:
        return await _after_password(entry, screen, form)
    if form is not None and (form.password is not None or not entry.named):
        return await _fill(entry, form)
    if entry.named:
        return await _after_name(entry, screen)
    later = await entry.again()
    if later is not None:
        return later
    return entry.ended(ok=False, reason=f"there is no login form at {screen.url}")


async def _fill(entry: _Entry, form: LoginForm) -> Screen:
    """Fill what is asked for and send it. Boxes come first, so that the focus stays in a field."""
    tab, who = entry.tab, entry.who
    for tick in form.required_ticks:
        await tab.check(tick, on=True)
    if form.remember is not None and form.remember.checked != entry.remember:
        await tab.check(form.remember, on=entry.remember)
    entry.remembered = entry.remembered or (form.remember is not None and entry.remember)
    if form.name is not None and form.name.value != who.username and not form.name.readonly:
        await tab.fill(form.name, who.username)
    if form.password is not None:
        await tab.fill(form.password, who.password)
    filled = await tab.look()
    again = await locate(tab, filled, entry.hints, name_alone=form.password is None)
    entry.before, entry.mark = filled, len(tab.recorded())
    entry.named, entry.sent = True, form.password is not None
    entry.steps += 1
    entry.patience = PATIENCE
    submit = again.submit if again is not None else None
    if submit is not None and submit.enabled:
        await tab.click(submit)
    else:
        await tab.press("Enter")
    return await tab.look()


async def _after_name(entry: _Entry, screen: Screen) -> Screen | Entered:
    """The name was sent and no password field is there."""
    reply = entry.reply(screen)
    if reply.holds_off or reply.refuses:
        return entry.ended(ok=False, reason=reply.sentence("the app refused the name"), refused=True)
    if captcha_shown(screen):
        return entry.ended(ok=False, reason="the login asks for a captcha, which only a person can solve")
    way = _by_password(entry, screen)
    if way is not None:
        entry.pressed.add(label(way))
        await entry.tab.click(way)
        return await entry.tab.look()
    if code_prompt(screen) is not None:
        return await _code(entry, screen)
    later = await entry.again()
    return later or entry.ended(ok=False, reason=f"after the name no password field appeared at {screen.url}")


async def _after_password(entry: _Entry, screen: Screen, form: LoginForm | None) -> Screen | Entered:
    """The password was sent: what the app makes of it."""
    reply = entry.reply(screen)
    if form is not None and form.password is not None:
        return await _still_asked(entry, reply)
    if code_prompt(screen) is not None or choice_of_factor(screen, by_mail=not entry.who.totp) is not None:
        return await _code(entry, screen)
    if asks_for_new_password(screen):
        reason = "the app demands a new password for this account before it lets it in"
        return entry.ended(ok=False, reason=reason)
    if reply.turned_away or (form is not None and reply.refuses):
        return entry.ended(ok=False, reason=reply.sentence("the app refused the login"), refused=True)
    if entry.interstitials < MOST_INTERSTITIALS:
        stays = asks_to_stay(screen)
        passed = await leave_interstitial(entry.tab, screen, remember=entry.remember)
        if passed is not None:
            entry.interstitials += 1
            entry.remembered = entry.remembered or (stays and entry.remember)
            return passed
    if not screen.elements:
        shown = await drawn(entry.tab, screen)
        if shown.elements:
            return shown
        if not shown.text.strip():
            return entry.ended(ok=False, reason=f"{shown.url} stayed empty after the password was sent")
    return await _let_in(entry, screen)


async def _still_asked(entry: _Entry, reply: Reply) -> Screen | Entered:
    """The password field is still there: refused, or the page has not come round yet."""
    if reply.holds_off or reply.refuses:
        return entry.ended(ok=False, reason=reply.sentence("the app refused the login"), refused=True)
    later = await entry.again()
    if later is not None:
        return later
    if captcha_shown(reply.after):
        return entry.ended(ok=False, reason="the login asks for a captcha, which only a person can solve")
    said = reply.message
    reason = (
        f"the login form is still there: “{said}”"
        if said
        else "the login form is still there, without a message"
    )
    return entry.ended(ok=False, reason=reason, refused=bool(said) or reply.answered)


async def _code(entry: _Entry, screen: Screen) -> Screen | Entered:
    """A one-time code is asked for."""
    if entry.coded and entry.reply(screen).refuses and entry.coded >= MOST_CODES:
        reason = entry.reply(screen).sentence("the app refused the one-time code")
        return entry.ended(ok=False, reason=reason, refused=True)
    if entry.coded >= MOST_CODES:
        later = await entry.again()
        return later or entry.ended(ok=False, reason="the app went on asking for a one-time code")
    prompt = code_prompt(screen)
    if prompt is None:
        choice = choice_of_factor(screen, by_mail=not entry.who.totp)
        if choice is None or label(choice) in entry.pressed:
            return await _let_in(entry, screen)
        entry.pressed.add(label(choice))
        await entry.tab.click(choice)
        return await entry.tab.look()
    code = await entry.codes() if entry.codes is not None else None
    if code is None:
        reason = "the login asks for a one-time code, and the account has neither a totp secret nor a mailbox"
        return entry.ended(ok=False, reason=reason)
    screen = (
        await entry.tab.look()
    )  # a code may take half a minute to come, and the page be drawn anew meanwhile
    prompt = code_prompt(screen)
    if prompt is None:
        return screen
    entry.before = entry.before if entry.coded else screen
    entry.mark = len(entry.tab.recorded())
    entry.coded += 1
    entry.steps += 1
    entry.sent, entry.patience = True, PATIENCE
    return await enter_code(entry.tab, prompt, code)


async def _let_in(entry: _Entry, screen: Screen) -> Entered:
    """Nothing more is asked. Where the page still offers to log in, the login page is opened again to see."""
    if looks_let_in(screen):
        return entry.ended(ok=True)
    again = await entry.tab.go(entry.flow.url)
    opened = await follow(entry.tab, again, entry.flow.path) or again
    form = await locate(entry.tab, opened, entry.hints, name_alone=entry.flow.steps > 1)
    if form is None:
        return entry.ended(ok=True)
    reason = entry.reply(screen).sentence("the app asks to log in again")
    return entry.ended(ok=False, reason=reason)


def _by_password(entry: _Entry, screen: Screen) -> Element | None:
    """The control that chooses the password where a page offers several ways to prove oneself."""
    for each in screen.elements:
        words = label(each)
        if not usable(each) or is_field(each) or words in entry.pressed:
            continue
        others = FORGOT.within(words) or SHOW.within(words) or PROVIDER.within(words)
        if PASSWORD.within(words) and not others and not FORGOT.marks(f"{each.href} {identifiers(each)}"):
            return each
    return None

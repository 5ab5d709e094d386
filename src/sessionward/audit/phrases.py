"""Probes and their results in words that a product manager understands."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from sessionward.audit.observation import (
    Altered,
    Answer,
    Forged,
    Guesses,
    Held,
    LoggedOut,
    Lured,
    Observed,
    Overheard,
    PasswordChanged,
    Reactions,
    Readout,
    Samples,
    Session,
    Storage,
)
from sessionward.audit.probe import (
    Alter,
    ChangePassword,
    Close,
    Download,
    Forge,
    Guess,
    HoldBack,
    LogIn,
    LogOut,
    Look,
    Lure,
    Observe,
    OpenBrowser,
    Overhear,
    Probe,
    ReadAcross,
    Recall,
    Replay,
    ReplayPersonal,
    Resident,
    Restart,
    Sample,
    TryNames,
    Visit,
    Wait,
)
from sessionward.http import Exchange, TokenSet

MOST_STATUSES = 8


@singledispatch
def asked(probe: Probe[Any]) -> str:
    """What was done, in one short sentence without a full stop."""
    return type(probe).__name__


@asked.register
def _(probe: LogIn) -> str:
    extra = " and asks to be remembered" if probe.remember else ""
    planted = " in a browser with planted tokens" if probe.plant or probe.address else ""
    wrong = " with a wrong password" if probe.password == "wrong" else ""
    return f"{probe.party} logs in{wrong}{planted}{extra}"


@asked.register
def _(probe: OpenBrowser) -> str:
    del probe
    return "a fresh browser opens the login page"


@asked.register
def _(probe: LogOut) -> str:
    return f"{probe.session.party} logs out with the app's own control"


@asked.register
def _(probe: Resident) -> str:
    return f"a living session of {probe.party} is at hand"


@asked.register
def _(probe: Replay) -> str:
    invented = probe.control == "random token"
    whose = "invented tokens" if invented else f"the tokens of {probe.party}" if probe.tokens else "no token"
    return f"the private request is made with {whose}"


@asked.register
def _(probe: ReplayPersonal) -> str:
    whose = f"the tokens of {probe.party}" if probe.tokens else "no token"
    return f"a request that showed personal data is made with {whose}"


@asked.register
def _(probe: Visit) -> str:
    return f"the browser of {probe.session.party} opens the private page"


@asked.register
def _(probe: Look) -> str:
    del probe
    return "what scripts of the page can read is read"


@asked.register
def _(probe: Observe) -> str:
    whose = f"the browser of {probe.session.party}"
    if probe.back:
        return f"{whose} goes back by its Back button"
    if probe.exchange or probe.url:
        return f"{whose} opens a page"
    return f"the page that {whose} shows is looked at, and nothing is done"


@asked.register
def _(probe: Recall) -> str:
    return f"the cache of the browser of {probe.session.party} is asked for the page; the app is not"


@asked.register
def _(probe: Restart) -> str:
    return f"the browser of {probe.session.party} is closed without logging out, and started again"


@asked.register
def _(probe: Overhear) -> str:
    return f"the browser of {probe.session.party} opens the app's host over plain http, and the line is read"


@asked.register
def _(probe: ChangePassword) -> str:
    given = {"right": "the right", "wrong": "a wrong", "omitted": "no"}[probe.current]
    return f"{probe.session.party} changes the password, giving {given} present password"


@asked.register
def _(probe: Forge) -> str:
    how = {"navigate": "a link", "image": "an image", "form": "a form"}[probe.how]
    return f"another site sends the request by {how} from the browser of {probe.session.party}"


@asked.register
def _(probe: HoldBack) -> str:
    return f"{probe.session.party} fills in the form and saves, but the request is held back and read"


@asked.register
def _(probe: Alter) -> str:
    if probe.how == "own":
        return f"the request that saves the form is sent with the cookies of {probe.session.party}, then put back"
    how = {"navigate": "a link", "image": "an image", "form": "a form", "fetch": "a script"}[probe.how]
    return f"another site changes the field by {how} from the browser of {probe.session.party}"


@asked.register
def _(probe: ReadAcross) -> str:
    whose = {
        "other": "another site",
        "lookalike": "a site whose name begins with the app's",
        "null": "a page without an origin",
        "sibling": "another port of the app's host",
    }[probe.origin]
    return f"a script of {whose} asks for the private page from the browser of {probe.session.party}"


@asked.register
def _(probe: Lure) -> str:
    return f"another site shows the form in a frame in the browser of {probe.session.party}, who clicks on its button"


@asked.register
def _(probe: Guess) -> str:
    return f"{probe.times} wrong passwords for {probe.party}, then the right one"


@asked.register
def _(probe: Wait) -> str:
    seconds = round(probe.seconds, 1)
    return "1 second passes" if seconds == 1 else f"{seconds:g} seconds pass"


@asked.register
def _(probe: Close) -> str:
    del probe
    return "the browser is closed without logging out"


@asked.register
def _(probe: Download) -> str:
    whose = f"the tokens of {probe.party}" if probe.tokens else "no token"
    return f"a file of the owner is asked for with {whose}"


@asked.register
def _(probe: TryNames) -> str:
    how = "to log in with a wrong password" if probe.form == "login" else "to ask for a new password"
    return f"{len(probe.names)} names are sent, known and unknown by turns, {how}"


@asked.register
def _(probe: Sample) -> str:
    who = " and ".join(probe.parties)
    return (
        f"logins of {who}, made anew"
        if probe.fresh
        else f"many logins of {who}, for a sample of their tokens"
    )


@singledispatch
def told(result: object) -> tuple[str, str]:
    """What came of it, and whose data was shown (empty where that is no question)."""
    del result
    return "", ""


@told.register
def _(result: Answer) -> tuple[str, str]:
    return _answer(result.exchange), result.shows


@told.register
def _(result: Session) -> tuple[str, str]:
    state = "logged in" if result.authenticated else "not logged in"
    reason = f": {result.reason}" if result.reason else ""
    return f"{state}{reason}; holds {held(result.tokens)}", ""


@told.register
def _(result: LoggedOut) -> tuple[str, str]:
    return ("logged out" if result.effective else f"not logged out: {result.reason}"), ""


@told.register
def _(result: PasswordChanged) -> tuple[str, str]:
    word = "changed" if result.effective else "refused" if result.refused else "not told"
    return f"{word}{': ' + result.reason if result.reason else ''}", ""


@told.register
def _(result: Storage) -> tuple[str, str]:
    readable = sorted(str(key) for key in result.readable_cookies | result.readable_storage)
    return f"readable by scripts: {', '.join(readable) or 'no token'}", ""


@told.register
def _(result: Observed) -> tuple[str, str]:
    return _observed(result), ""


@told.register
def _(result: Overheard) -> tuple[str, str]:
    names = sorted(map(str, result.tokens))
    return f"in the clear: {', '.join(names) or 'no token'}", ""


@told.register
def _(result: Forged) -> tuple[str, str]:
    along = ", ".join(result.cookies) or "none"
    return (f"sent, status {result.status}, cookies along: {along}" if result.sent else result.reason), ""


@told.register
def _(result: Guesses) -> tuple[str, str]:
    off = f"held off at try {result.refused_at}" if result.refused_at else "never held off"
    then = "was let in" if result.then_right else "was not let in"
    return f"{result.made} tries, {off}; the right password then {then}", ""


@told.register
def _(result: Samples) -> tuple[str, str]:
    how = " with a browser" if result.by_browser else ""
    why = f"; no more: {result.reason}" if result.reason else ""
    return f"{len(result.logins)} logins{how}{why}", ""


@told.register
def _(result: Reactions) -> tuple[str, str]:
    statuses = ", ".join(str(one.status) for one in result.made[:MOST_STATUSES])
    more = " and so on" if len(result.made) > MOST_STATUSES else ""
    return (f"answered with status {statuses}{more}" if statuses else result.reason), ""


@told.register
def _(result: Held) -> tuple[str, str]:
    return (result.reason or "held back before it left"), ""


@told.register
def _(result: Altered) -> tuple[str, str]:
    return _altered(result), ""


@told.register
def _(result: Readout) -> tuple[str, str]:
    note = f": {result.reason}" if result.reason else ""
    given = "the script was given the answer" if result.readable else "the script got nothing"
    return f"{given}{note}", result.shows


@told.register
def _(result: Lured) -> tuple[str, str]:
    return _lured(result), ""


def _altered(result: Altered) -> str:
    note = f"; {result.reason}" if result.reason else ""
    if not result.sent:
        return f"not sent{note}"
    state = "changed" if result.changed else "unchanged" if result.seen else "not told"
    along = ", ".join(result.cookies)
    return f"status {result.status}{f', cookies along: {along}' if along else ''}; the field is {state}{note}"


def _lured(result: Lured) -> str:
    if not result.rendered:
        return f"not drawn: {result.reason}"
    return (
        f"drawn; the click sent the request, status {result.status}"
        if result.sent
        else "drawn; nothing was sent"
    )


def _observed(page: Observed) -> str:
    if not page.there:
        return "there is no page before this one"
    shows = "private data of the account" if page.found else "nothing private"
    asks = ", a form to log in" if page.asks_login else ""
    return f"shows {shows}{asks}" + (f"; the way to log out is {page.logout}" if page.logout else "")


def _answer(exchange: Exchange) -> str:
    if exchange.response is None:
        return f"no answer: {exchange.error}"
    kind = exchange.response.media_type or "no type"
    return f"status {exchange.status}, {kind}, {len(exchange.response.body)} bytes"


def held(tokens: TokenSet) -> str:
    """Tokens as evidence may show them."""
    return ", ".join(token.shown for token in tokens) or "no token"

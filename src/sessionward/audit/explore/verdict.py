"""Reading what a page answers: its message, whether it refuses, holds off, asks for a captcha or lets in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from sessionward.audit.driver import Screen
from sessionward.audit.explore.groups import address_words, groups, identifiers, is_field, is_link, label
from sessionward.audit.explore.lexicon import SHORT
from sessionward.audit.explore.words.access import LOGIN, LOGOUT
from sessionward.audit.explore.words.answers import CAPTCHA, EXPIRED, HOLDS_OFF, MISSING_PAGE, WRONG
from sessionward.http import Exchange

LONGEST = 240
LONGEST_LINE = 400
FEW_CONTROLS = 14
SHORT_HEADING = 16
"""A longer line says more than a heading such as "Error"."""
TOO_MANY = 429
LOCKED = 423
SERVER_FAULT = 500
REFUSING = frozenset({400, 401, 403, 409, 422, LOCKED, TOO_MANY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of sending a form: the page before and after, and what the browser exchanged meanwhile.

    ``secrets`` are masked wherever the page repeats them.
    """

    before: Screen | None
    after: Screen
    exchanges: tuple[Exchange, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def lines(self) -> list[str]:
        """The lines of text that the page did not show before."""
        seen = Counter(_lines(self.before)) if self.before else Counter[str]()
        fresh = []
        for line in _lines(self.after):
            if seen[line] > 0:
                seen[line] -= 1
            elif len(line) <= LONGEST_LINE:
                fresh.append(line)
        return fresh

    @property
    def message(self) -> str:
        """What the page says now: the new line that sounds like a refusal, else the first new ones."""
        telling = [line for line in self.lines if _sounds_refusing(line)]
        full = [line for line in telling if line.count(" ") > 1 or len(line) > SHORT_HEADING]
        said = (full or telling)[0] if telling else " ".join(self.lines[:3])
        for secret in self.secrets:
            said = said.replace(secret, "•••") if secret else said
        return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"

    @property
    def status(self) -> int:
        """The status of the answer to the form itself, 0 where none was seen.

        Pages also send other things meanwhile; what carries a secret, is a navigation, or goes to an address that
        speaks of logging in is taken for the form.
        """
        sent = [each for each in self.exchanges if not each.request.safe and each.response is not None]
        fitting = [each for each in sent if self._is_form(each)]
        return fitting[-1].status if fitting else 0

    @property
    def answered(self) -> bool:
        """Whether the form was sent and answered at all."""
        return self.status > 0

    @property
    def holds_off(self) -> bool:
        """Whether the app will not judge any more for a while: a throttle or a lock."""
        return self.status in {TOO_MANY, LOCKED} or any(HOLDS_OFF.within(line) for line in self.lines)

    @property
    def refuses(self) -> bool:
        """Whether the app plainly says no."""
        return self.status in REFUSING or any(_sounds_refusing(line) for line in self.lines)

    @property
    def turned_away(self) -> bool:
        """Whether a page without a form says no. An app's own pages speak of errors too, so it must be a bare one.

        One that is missing says nothing of the login: some apps lead back to where the account was last.
        """
        if self.status in REFUSING or self.status >= SERVER_FAULT:
            return True
        bare = len(self.after.elements) <= FEW_CONTROLS and not _offers(self.after, out=True)
        return bare and any(_sounds_refusing(line) and not MISSING_PAGE.within(line) for line in self.lines)

    def sentence(self, what: str) -> str:
        """One sentence for a person: what happened, and what the page said."""
        if self.holds_off:
            what = "the app holds off further tries"
        said = f": “{self.message}”" if self.message else ""
        code = f" (status {self.status})" if self.status in REFUSING or self.status >= SERVER_FAULT else ""
        return f"{what}{code}{said}"

    def _is_form(self, exchange: Exchange) -> bool:
        body = unquote_plus((exchange.request.body or b"").decode("utf-8", errors="replace"))
        carries = any(secret and secret in body for secret in self.secrets)
        return exchange.navigation or carries or LOGIN.marks(address_words(exchange.request.url))


def captcha_shown(screen: Screen) -> bool:
    """Whether the page asks for a captcha that a person would have to solve."""
    marked = any(
        each.visible and CAPTCHA.marks(f"{identifiers(each)} {each.frame}") for each in screen.elements
    )
    return marked or CAPTCHA.within(screen.text)


def asks_for_new_password(screen: Screen) -> bool:
    """Whether the page lets nobody on before a new password is set: two password fields, or one and words."""
    if _offers(screen, out=True) and len(screen.elements) > FEW_CONTROLS:
        return False
    most = max((len(group.passwords) for group in groups(screen)), default=0)
    return most > 1 or (most == 1 and EXPIRED.within(f"{screen.title}\n{screen.text}"))


def looks_let_in(screen: Screen) -> bool:
    """Whether nothing on the page offers to log in, or something offers to log out."""
    return _offers(screen, out=True) or not _offers(screen, out=False)


def _offers(screen: Screen, *, out: bool) -> bool:
    """Whether a control logs out, or in. Hidden ones count for logging out: they stand in closed menus."""
    wanted, other = (LOGOUT, LOGIN) if out else (LOGIN, LOGOUT)
    for each in screen.elements:
        if is_field(each) or not (each.visible or out):
            continue
        if wanted.strength(label(each)) >= SHORT and not other.strength(label(each)) > wanted.strength(
            label(each)
        ):
            return True
        if out and is_link(each) and wanted.marks(address_words(each.href)):
            return True
    return False


def _sounds_refusing(line: str) -> bool:
    return WRONG.within(line) or HOLDS_OFF.within(line)


def _lines(screen: Screen) -> list[str]:
    return [line for raw in screen.text.splitlines() if (line := " ".join(raw.split()))]

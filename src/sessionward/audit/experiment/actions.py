"""The events of experiments, each verified: logging in and out, changing the password (guard G2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sessionward.audit.experiment.endings import CannotTell, Step, refused
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.observation import Answer, LoggedOut, PasswordChanged, Session
from sessionward.audit.probe import ChangePassword, LogIn, LogOut, Resident, Together, Visit
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Carrier, TokenKey, TokenSet
from sessionward.http.carry import cookie_tokens, token_headers


def enter(
    party: str,
    *,
    keep: bool = False,
    remember: bool = False,
    browser: Session | None = None,
    plant: TokenSet | None = None,
    address: str = "",
    control: str = "",
) -> Step[Session]:
    """Log in. Raises CannotTell with the app's own words where that does not work.

    ``keep`` only where the browser itself is needed afterwards: browsers are dear, tokens are not.
    """
    session = yield from LogIn(
        party=party,
        keep=keep,
        remember=remember,
        browser=browser,
        plant=plant or TokenSet(),
        address=address,
        control=control,
    )
    if not session.authenticated:
        raise kept_out(session)
    return session


def kept_out(session: Session) -> CannotTell:
    """The ending of an experiment whose login did not work, with the app's own words."""
    why = session.reason or "the page after it shows nothing of the account"
    return CannotTell(f"logging in as the {session.party} did not work: {why}")


def enter_together(parties: Sequence[str], *, control: str) -> Step[tuple[Session, ...]]:
    """Log in all of them at once; any of them may be refused, which ``authenticated`` of its session says."""
    probes = tuple(LogIn(party=party, control=control) for party in parties)
    sessions: tuple[Session, ...] = yield from Together(probes=probes)
    return sessions


def resident(party: str, control: str) -> Step[Session]:
    """The session that the engine keeps alive for controls."""
    session = yield from Resident(party=party, control=control)
    if not session.authenticated:
        raise CannotTell(
            f"no session of the {party} could be kept for the controls: {session.reason or 'no reason given'}"
        )
    return session


def leave(scene: Scene, session: Session) -> Step[LoggedOut]:
    """Log out through the app's own control. Raises CannotTell where that browser is still shown the account.

    A browser that was shown nothing before could not lose anything, so that is looked at first.
    """
    yield from shown(scene, session, Guard.POSITIVE)
    out = yield from LogOut(session=session)
    if not out.effective:
        why = out.reason or "the browser is still shown the account"
        raise CannotTell(f"logging out could not be carried out: {why}")
    return out


def shown(scene: Scene, session: Session, control: str, *, after: str = "") -> Step[Answer]:
    """The session's own browser is shown its account, still so ``after`` something. Raises CannotTell where not."""
    seen = yield from Visit(session=session, exchange=scene.oracle, control=control)
    if seen.shows != session.party:
        was = f"the browser of the {session.party}"
        raise CannotTell(
            f"{after} alone made {was} lose its login: it was then shown {refused(seen)}"
            if after
            else f"the {control} was lost: {was} is logged in, but was shown {refused(seen)}"
        )
    return seen


def change_password(session: Session, control: str = "") -> Step[PasswordChanged]:
    """Change the password. Raises CannotTell unless the new one works and the old one does not."""
    changed = yield from ChangePassword(session=session, control=control)
    if not changed.effective:
        why = changed.reason or ("the app refused it" if changed.refused else "it could not be told")
        raise CannotTell(f"the password could not be changed: {why}")
    return changed


def require(scene: Scene, flow: Literal["logout", "password-change"]) -> None:
    """Raise CannotTell where the app's way to do that was not found."""
    known = scene.logout if flow == "logout" else scene.password_change
    if known is None:
        named = "way to log out" if flow == "logout" else "form to change the password"
        why = scene.missing.get(flow, "none of the pages that were explored has one")
        raise CannotTell(f"no {named} was found: {why}")


def carriers(scene: Scene) -> frozenset[TokenKey]:
    """Every place that carries a login for some private exchange."""
    return frozenset(key for exchange in scene.private for key in exchange.members)


def cookie_keys(scene: Scene) -> frozenset[TokenKey]:
    """Those of them that the browser sends by itself."""
    return frozenset(key for key in carriers(scene) if key.carrier is Carrier.COOKIE)


def renewing_keys(scene: Scene) -> frozenset[TokenKey]:
    """Those that open nothing themselves, but are traded for a token that does."""
    return frozenset(key for way in scene.renewing for key in way.members) - carriers(scene)


def entering_cookies(scene: Scene) -> frozenset[TokenKey]:
    """The cookies that open the account, by themselves or by what they are traded for."""
    return cookie_keys(scene) | renewing_keys(scene)


def channels(scene: Scene) -> tuple[PrivateExchange, ...]:
    """One private exchange for each way in: opened by other tokens, or by the same as a page and as an API.

    The oracle comes first.
    """
    first: dict[tuple[str, str], PrivateExchange] = {}
    for exchange in scene.private:
        first.setdefault((exchange.channel, exchange.kind), exchange)
    return tuple(first.values())


def copies(scene: Scene, session: Session, out: LoggedOut) -> Iterator[TokenSet]:
    """The copies that a thief may hold of a session that logged out: as it was after the login, and as the browser sent
    it last where the app had changed it since."""
    keys = carriers(scene)
    for request in out.requests:
        sent = TokenSet((*cookie_tokens(request), *token_headers(request))).only(keys)
        if sent:
            if sent.keys - sent.same_values(session.tokens, sent.keys):
                yield session.tokens.merged(sent)
            break
    yield session.tokens

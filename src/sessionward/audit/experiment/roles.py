"""Roles that the browser holds: another one is written there, and what the app then offers and gives is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from sessionward.audit.experiment.endings import CannotTell, Step, refused
from sessionward.audit.experiment.identity import Portrait
from sessionward.audit.experiment.token_samples import swapped
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Replay
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Request, Token, TokenSet
from sessionward.http.jws import signed_token
from sessionward.http.layers import Leaf, leaves

ROLE = re.compile(
    r"(?:^|[_.-])(?:is_?)?(?:user_?)?(?:role|admin|administrator|staff|superuser|privilege)s?$", re.IGNORECASE
)
SWITCHES = {"0": "1", "false": "true", "False": "True", "no": "yes", "n": "y"}
HIGHER = ("admin", "doctor", "staff")
JUNK = "zqx"
LINK = re.compile(r"(?:href\s*=\s*[\"']?|\"(?=/))([^\"'\s<>#?]+)", re.IGNORECASE)
HARMFUL = re.compile(
    r"log-?out|sign-?out|delete|remove|destroy|cancel|pay|send|reset|revoke|\.(?:css|js|png|svg|ico)$",
    re.IGNORECASE,
)
MOST_PAGES, MOST_LINKS = 3, 3
FINE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange:
    """A token with another role in it, and the same with one that does not exist."""

    token: Token
    role: str
    raised: TokenSet
    junk: TokenSet


def role_changes(who: Portrait) -> tuple[RoleChange, ...]:
    """Every part of the owner's tokens that bears a role's name, with a higher one written into it.

    Signed web tokens are left to their own checks.
    """
    return tuple(_changes(who))


def _changes(who: Portrait) -> Iterator[RoleChange]:
    for token in who.owner:
        for leaf in () if signed_token(token.value) else leaves(token.value):
            name = leaf.name or ("" if leaf.path else token.name)
            if ROLE.search(name) and _is_role(leaf):
                for role in (SWITCHES[leaf.text],) if leaf.text in SWITCHES else HIGHER:
                    raised, junk = (swapped(who.owner, token.key, leaf.put(text)) for text in (role, JUNK))
                    yield RoleChange(token=token, role=role, raised=raised, junk=junk)


def _is_role(leaf: Leaf) -> bool:
    return leaf.text in SWITCHES or (leaf.text.isalpha() and leaf.text.lower() not in HIGHER)


def newly_given(scene: Scene, who: Portrait, way: PrivateExchange, change: RoleChange) -> Step[str]:
    """The address of a page that only the written role opens; empty where there is none.

    A page that everybody has must offer it to that role alone; then it is asked for with the role, with the owner's
    own and with one that does not exist. Raises CannotTell where the app holds off.
    """
    keys = way.members | {change.token.key}
    holders = [tokens.only(keys) for tokens in (change.raised, who.owner, change.junk)]
    for page in [one for one in scene.private if one.members == way.members][:MOST_PAGES]:
        seen: list[frozenset[str]] = []
        for tokens in holders:
            seen.append(offered((yield from _ask(page, tokens))))  # noqa: PERF401 — a comprehension cannot ask
        for url in sorted(seen[0].difference(*seen[1:]))[:MOST_LINKS]:
            if (yield from _only_for(holders, replace(page, request=_at(page.request, url)))):
                return url
    return ""


def _only_for(holders: Sequence[TokenSet], there: PrivateExchange) -> Step[bool]:
    """Whether the first of them is given the page and the others are not."""
    given: list[bool] = []
    for tokens in holders:
        given.append((yield from _ask(there, tokens)).exchange.status == FINE)  # noqa: PERF401 — as above
    return given[0] and not any(given[1:])


def _at(request: Request, url: str) -> Request:
    return replace(request, method="GET", url=url, body=None)


def _ask(way: PrivateExchange, tokens: TokenSet) -> Step[Answer]:
    seen = yield from Replay(exchange=way, tokens=tokens, party="owner")
    if seen.exchange.response is None or seen.shows == "error":
        raise CannotTell(
            f"the replay with another role: the app gave {refused(seen)}, so nothing follows from it"
        )
    return seen


def offered(answer: Answer) -> frozenset[str]:
    """The addresses of the same app that an answer links to, save those that look as if they changed something."""
    here = urlsplit(answer.exchange.request.url)
    found = (urljoin(answer.exchange.request.url, link) for link in LINK.findall(answer.exchange.text))
    return frozenset(u for u in found if urlsplit(u)[:2] == here[:2] and not HARMFUL.search(urlsplit(u).path))

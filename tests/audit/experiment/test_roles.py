from __future__ import annotations

from dataclasses import dataclass

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.client_controlled_identity import CHECK
from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.identity import Portrait
from sessionward.audit.experiment.roles import newly_given, offered, role_changes
from sessionward.audit.observation import Answer
from sessionward.audit.scene import PrivateExchange
from sessionward.http import Exchange, Request, Response, TokenSet
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import MARKERS, ORACLE, START
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, held
from tests.audit.checks.transcript import play
from tests.audit.experiment.steps_of import walk


def with_role(app: MintingApp, party: str) -> TokenSet:
    del party
    return cookie("sid", app.invent()).merged(cookie("role", "patient"))


def session_of(app: MintingApp, tokens: TokenSet) -> str:
    return next((party for known, party in app.table.items() if held(tokens) in known), "")


@dataclass(slots=True, kw_only=True)
class Staffed(MintingApp):
    """An app with a page for doctors. ``links``: it offers it to who says so; ``guards``: it looks the role up."""

    links: bool = True
    guards: bool = False

    def page(self, exchange: PrivateExchange, tokens: TokenSet) -> Exchange:
        """The page of the account, or of the doctors."""
        party, doctor = session_of(self, tokens), held(tokens, "role") == "doctor"
        here = exchange.request.url.endswith("/ward")
        status = 403 if not party or (here and (self.guards or not doctor)) else 200
        link = "<a href='/ward'>Ward</a> <a href='/logout'>Log out</a>" if doctor and self.links else ""
        body = f"{MARKERS[party][0]} {link}" if status == 200 else "Please log in"
        response = Response(status=status, body=body.encode())
        return Exchange(request=exchange.request, response=response, started=self.now)


def who(app: MintingApp) -> Portrait:
    return Portrait(owner=app._mint("owner"), stranger=app._mint("stranger"))  # noqa: SLF001 — the model's own


def test_a_role_in_a_cookie_that_opens_a_page_is_a_defect() -> None:
    played = play(CHECK, Staffed(mint=with_role, believes=session_of), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert played.outcome.where[0].url == f"{START}ward"


@pytest.mark.parametrize("links,guards", [(False, False), (True, True)])
def test_a_role_that_only_dresses_the_page_passes(*, links: bool, guards: bool) -> None:
    played = play(CHECK, Staffed(mint=with_role, believes=session_of, links=links, guards=guards), ONE_WAY)
    assert played.verdict is Verdict.PASSED


def test_the_page_that_is_newly_given_is_named() -> None:
    app = Staffed(mint=with_role, believes=session_of)
    people = who(app)
    given = [walk(newly_given(ONE_WAY, people, ORACLE, change), app) for change in role_changes(people)]
    assert given == ["", f"{START}ward", ""]


def test_from_a_throttle_nothing_follows() -> None:
    app = Staffed(mint=with_role, believes=session_of)
    people = who(app)
    app.breaks = lambda probe: 429
    with pytest.raises(CannotTell, match="429"):
        walk(newly_given(ONE_WAY, people, ORACLE, role_changes(people)[0]), app)


@pytest.mark.parametrize(
    "name,text,raised",
    [("is_admin", "0", ["1"]), ("admin", "false", ["true"]), ("role", "user", ["admin", "doctor", "staff"])],
)
def test_switches_are_turned_and_roles_raised(name: str, text: str, raised: list[str]) -> None:
    tokens = cookie(name, text)
    assert [change.role for change in role_changes(Portrait(owner=tokens, stranger=tokens))] == raised


@pytest.mark.parametrize(
    "name,text", [("scroll", "5"), ("control", "main"), ("role", "f00d1e57"), ("theme", "dark")]
)
def test_what_is_no_role_is_left_alone(name: str, text: str) -> None:
    tokens = cookie(name, text)
    assert role_changes(Portrait(owner=tokens, stranger=tokens)) == ()


def test_links_of_the_same_app_are_offered_and_harmful_ones_not() -> None:
    body = b'<a href=\'/a\'> <a href="http://else.test/b"> <a href=\'/account/delete\'> {"next":"/c"}'
    made = Exchange(request=Request(method="GET", url=START), response=Response(status=200, body=body))
    assert offered(Answer(exchange=made, shows="owner")) == {f"{START}a", f"{START}c"}

import hmac
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from sessionward.drafts import MemoryShelf, SealedDrafts
from sessionward.session.adapters.keeper import Keeper
from sessionward.session.adapters.page_answers import PageAnswers, PageRequest, script
from sessionward.session.adapters.visit import Visit
from sessionward.session.pages.page_settings import PageSettings
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import State, Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore

KEY = b"k" * 32
ANA = Subject(tenant="north", id="ana")
BEN = Subject(tenant="north", id="ben")
POLICY = Policy.of("patient-portal").but(lock_after=300.0)
OWN = {"x-session-page": "/form", "sec-fetch-site": "same-origin"}


class Portal:
    """A store, the endpoints, and one browser after another."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.store = MemoryStore()
        self.keeper = Keeper(policies=Policies(base=POLICY), clock=lambda: self.now)
        self.drafts = SealedDrafts(MemoryShelf(), keys=(KEY,))
        self.pages = PageAnswers(PageSettings(keys=(KEY,)), self.drafts)

    def login(self, subject: Subject = ANA) -> Visit:
        made = Visit(self.keeper, None, "/")
        drive(self.store, made.login(subject, role=None, method="x", epoch=None))
        return made

    def ask(
        self,
        who: Visit | None,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """The status of the answer and what its body tells."""
        visit = Visit(self.keeper, None if who is None else who.hand_out, "/form")
        drive(self.store, visit.arrive(by_person=False))
        header: Callable[[str], str | None] = (OWN if headers is None else headers).get
        request = PageRequest(method=method, path=path, header=header, body=json.dumps(body).encode())
        answer = drive(self.store, self.pages.answer(visit, request))
        return answer.status, json.loads(answer.body) if answer.body else None

    def hint(self, who: Visit) -> dict[str, str]:
        """What the page sends that a person used."""
        hint = self.ask(who, "GET", "state")[1]["hint"]
        signature = hmac.new(bytes.fromhex(hint["key"]), hint["ticket"].encode(), sha256).hexdigest()
        return {"ticket": hint["ticket"], "signature": signature}


@pytest.fixture
def portal() -> Portal:
    return Portal()


def test_the_state_tells_how_long_and_asking_extends_nothing(portal: Portal) -> None:
    ana = portal.login()
    for passed in (0, 100, 200):
        portal.now = 1_700_000_000.0 + passed
        status, said = portal.ask(ana, "GET", "state")
        assert (status, said["state"], said["lock"]) == (200, "active", 300 - passed)
    portal.now += 100
    said = portal.ask(ana, "GET", "state")[1]
    assert (said["state"], "hint" in said) == ("locked", False)


def test_a_visitor_is_told_that_nobody_is_logged_in(portal: Portal) -> None:
    assert portal.ask(None, "GET", "state") == (200, {"state": "anonymous"})
    for path in ("active", "extend", "lock", "logout"):
        assert portal.ask(None, "POST", path)[0] == 200
    assert portal.ask(None, "GET", "drafts/history")[0] == 401


def test_a_signed_hint_is_activity_once(portal: Portal) -> None:
    ana = portal.login()
    portal.now += 100
    hint = portal.hint(ana)
    assert portal.ask(ana, "POST", "active", hint)[1]["lock"] == 300
    portal.now += 100
    assert portal.ask(ana, "POST", "active", hint)[0] == 403
    assert portal.ask(ana, "GET", "state")[1]["lock"] == 200


@pytest.mark.parametrize(
    "body", [None, [], {}, {"ticket": 1, "signature": 2}, {"ticket": "a", "signature": "b"}]
)
def test_what_is_no_hint_is_no_activity(portal: Portal, body: object) -> None:
    ana = portal.login()
    portal.now += 100
    assert portal.ask(ana, "POST", "active", body)[0] == 403
    assert portal.ask(ana, "GET", "state")[1]["lock"] == 200


def test_a_hint_of_anothers_page_is_none_of_mine(portal: Portal) -> None:
    ana, ben = portal.login(), portal.login(BEN)
    assert portal.ask(ben, "POST", "active", portal.hint(ana))[0] == 403


def test_asking_for_more_time_is_written_down_to_the_second(portal: Portal) -> None:
    ana = portal.login()
    portal.now += 5
    assert portal.ask(ana, "POST", "extend")[1]["lock"] == 300


def test_a_lock_and_a_logout_by_the_page(portal: Portal) -> None:
    ana = portal.login()
    assert portal.ask(ana, "POST", "lock")[1]["state"] == "locked"
    assert portal.ask(ana, "POST", "extend")[1]["state"] == "locked"
    assert portal.ask(ana, "POST", "logout")[1]["state"] == "terminated"


def mark(portal: Portal, who: Visit) -> str:
    found: str = portal.ask(who, "GET", "state")[1]["subject"]
    return found


def test_a_draft_comes_back_to_its_subject_in_another_session_and_to_nobody_else(portal: Portal) -> None:
    ana = portal.login()
    fields = {"pain": ["since Monday"]}
    body = {"subject": mark(portal, ana), "fields": fields}
    assert portal.ask(ana, "PUT", "drafts/history", body)[0] == 204
    portal.ask(ana, "POST", "logout")
    assert portal.ask(portal.login(), "GET", "drafts/history") == (200, fields)
    assert portal.ask(portal.login(BEN), "GET", "drafts/history")[0] == 404
    assert portal.ask(portal.login(), "DELETE", "drafts/history")[0] == 204
    assert portal.ask(portal.login(), "GET", "drafts/history")[0] == 404


def test_a_page_of_a_former_user_saves_nothing_as_the_present_one(portal: Portal) -> None:
    ana, ben = portal.login(), portal.login(BEN)
    body = {"subject": mark(portal, ana), "fields": {"pain": ["mine"]}}
    assert portal.ask(ben, "PUT", "drafts/history", body)[0] == 409
    assert portal.ask(ben, "PUT", "drafts/history", {"fields": {}})[0] == 409
    assert portal.ask(ben, "GET", "drafts/history")[0] == 404


def test_a_page_of_a_former_user_neither_reads_nor_discards_a_draft_of_the_present_one(
    portal: Portal,
) -> None:
    ana, ben = portal.login(), portal.login(BEN)
    portal.ask(ben, "PUT", "drafts/history", {"subject": mark(portal, ben), "fields": {"pain": ["his"]}})
    stale = {**OWN, "x-session-subject": mark(portal, ana)}
    for claimed in (stale, {**OWN, "x-session-subject": ""}):
        assert [
            portal.ask(ben, verb, "drafts/history", headers=claimed)[0] for verb in ("GET", "DELETE")
        ] == [
            409,
            409,
        ]
    own = {**OWN, "x-session-subject": mark(portal, ben)}
    assert portal.ask(ben, "GET", "drafts/history", headers=own) == (200, {"pain": ["his"]})


@pytest.mark.parametrize("fields", [None, [], "text", 1])
def test_what_is_no_draft_is_refused_and_the_one_there_stays(portal: Portal, fields: object) -> None:
    ana = portal.login()
    portal.ask(ana, "PUT", "drafts/history", {"subject": mark(portal, ana), "fields": {"pain": ["x"]}})
    assert (
        portal.ask(ana, "PUT", "drafts/history", {"subject": mark(portal, ana), "fields": fields})[0] == 400
    )
    assert portal.ask(ana, "GET", "drafts/history")[1] == {"pain": ["x"]}


def test_a_body_that_is_nested_too_deeply_says_nothing(portal: Portal) -> None:
    ana = portal.login()
    visit = Visit(portal.keeper, ana.hand_out, "/form")
    drive(portal.store, visit.arrive(by_person=False))
    request = PageRequest(method="POST", path="active", header=OWN.get, body=b"[" * 60_000)
    assert drive(portal.store, portal.pages.answer(visit, request)).status == 403


def test_a_locked_session_takes_what_was_typed_and_shows_nothing(portal: Portal) -> None:
    ana = portal.login()
    body = {"subject": mark(portal, ana), "fields": {"pain": ["x"]}}
    portal.now += 300
    assert portal.ask(ana, "PUT", "drafts/history", body)[0] == 204
    assert [portal.ask(ana, verb, "drafts/history")[0] for verb in ("GET", "DELETE")] == [423, 423]
    assert portal.ask(portal.login(), "GET", "drafts/history")[1] == {"pain": ["x"]}


def test_a_draft_whose_key_is_gone_is_told_as_gone(portal: Portal) -> None:
    ana = portal.login()
    portal.ask(ana, "PUT", "drafts/history", {"subject": mark(portal, ana), "fields": {}})
    portal.drafts._keys = (b"o" * 32,)  # noqa: SLF001 - a key was replaced, and the old one thrown away
    assert portal.ask(ana, "GET", "drafts/history")[0] == 410
    assert portal.ask(ana, "DELETE", "drafts/history")[0] == 204


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin"},
        {**OWN, "sec-fetch-site": "same-site"},
        {**OWN, "sec-fetch-site": "none"},
    ],
)
def test_only_a_page_of_this_site_is_answered(portal: Portal, headers: dict[str, str]) -> None:
    ana = portal.login()
    assert portal.ask(ana, "POST", "logout", headers=headers)[0] == 403
    assert portal.ask(ana, "GET", "state", headers=headers)[0] == 403
    assert portal.ask(ana, "GET", "state")[1]["state"] == State.ACTIVE


@pytest.mark.parametrize(
    "method,path,status",
    [
        ("POST", "state", 405),
        ("GET", "logout", 405),
        ("PATCH", "drafts/history", 405),
        ("GET", "drafts/", 404),
        ("GET", "drafts/a b", 404),
        ("GET", "drafts/" + "a" * 65, 404),
        ("GET", "nothing", 404),
        ("GET", "", 404),
    ],
)
def test_what_is_no_endpoint_is_said_so(portal: Portal, method: str, path: str, status: int) -> None:
    assert portal.ask(portal.login(), method, path)[0] == status


def test_without_drafts_there_is_no_such_endpoint() -> None:
    portal = Portal()
    portal.pages = PageAnswers(PageSettings(keys=(KEY,)), None)
    assert portal.ask(portal.login(), "GET", "drafts/history")[0] == 404


def test_the_script_may_be_kept_and_is_the_same_for_everybody() -> None:
    headers = dict(script().headers)
    assert (headers["content-type"], headers["cache-control"]) == (
        "text/javascript; charset=utf-8",
        "public, max-age=3600",
    )
    assert script() is script()


def test_only_what_lies_below_the_prefix_is_ours() -> None:
    pages = PageAnswers(PageSettings(keys=(KEY,), prefix="/a/b"), None)
    assert [pages.below(path) for path in ("/a/b/state", "/a/bc", "/a/b", "/")] == ["state", None, None, None]

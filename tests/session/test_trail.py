import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.transitions import ANA, EVENTS, NOW, POLICY, SESSIONS, having, session
from sessionward.session.core import decide
from sessionward.session.event import Event, Hold
from sessionward.session.result import Creation, NotCreated
from sessionward.session.state import Client, Reason, Session, State
from sessionward.session.trail import Happening, TrailEvent, seen, told

CLIENT = Client(device="Firefox on Linux", network="192.0.2.0/24")
TEXT = st.text(max_size=8)
ENTRIES = st.builds(
    TrailEvent,
    at=st.floats(min_value=0, max_value=1e11, allow_nan=False),
    what=st.sampled_from(Happening),
    subject=TEXT,
    handle=st.none() | TEXT,
    reason=st.none() | st.sampled_from(Reason),
    by=st.none() | TEXT,
    scope=st.none() | TEXT,
)


def entries(found: Session, event: Event, made: Creation | None = None) -> list[tuple[str, TrailEvent]]:
    decision = decide(POLICY, found, event, NOW)
    return list(told(event, found, decision, made or Creation(), CLIENT, NOW))


@given(ENTRIES)
def test_what_was_written_is_read_back(entry: TrailEvent) -> None:
    assert TrailEvent.decode(entry.encode()) == entry


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"null", b"\xff", b'{"what":"slept","at":1,"subject":"ana"}']
)
def test_what_is_no_entry_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        TrailEvent.decode(content)


@pytest.mark.parametrize(
    "found,event,expected",
    [
        ("nothing", "first factor", Happening.FIRST_FACTOR),
        ("nothing", "login", Happening.CREATED),
        ("active", "re-authentication", Happening.PROVED),
        ("active, token just renewed", "re-authentication", Happening.PROVED),
        ("locked", "re-authentication", Happening.PROVED),
        ("active", "change of role", Happening.ROLE_CHANGED),
        ("active", "lock", Happening.LOCKED),
        ("active, idle beyond the lock", "request by a person", Happening.LOCKED),
        ("active", "left to somebody else", Happening.PARKED),
        ("locked, left to somebody else", "taken up again", Happening.RESUMED),
        ("active, permitted to sign", "permission used", Happening.PERMISSION_USED),
        ("active", "consultation shows life", Happening.HELD_OPEN),
        ("active, on a phone", "refresh on a phone", Happening.RENEWED),
        ("active", "logout", Happening.ENDED),
        ("active, idle beyond the timeout", "poll", Happening.ENDED),
    ],
)
def test_each_change_is_told_once_with_its_tenant_and_its_client(
    found: str, event: str, expected: Happening
) -> None:
    known = SESSIONS[found]
    ((tenant, entry),) = entries(known, EVENTS[event])
    assert (tenant, entry.what, entry.subject, entry.at) == ("north", expected, ANA.id, NOW)
    assert (entry.device, entry.network) == ("Firefox on Linux", "192.0.2.0/24")


@pytest.mark.parametrize("found", ["nothing", "anonymous"])
def test_visitors_leave_nothing(found: str) -> None:
    for name in ("request by a person", "the app writes", "logout", "lock"):
        assert entries(SESSIONS[found], EVENTS[name]) == []


def test_activity_and_what_changes_nothing_leave_nothing() -> None:
    assert entries(SESSIONS["active"], EVENTS["request by a person"]) == []
    assert entries(SESSIONS["locked"], EVENTS["lock"]) == []


def test_a_lease_is_told_when_it_begins_and_not_each_time_it_goes_on() -> None:
    running = having(session(State.ACTIVE), lease=NOW + 10)
    assert entries(running, Hold()) == []
    assert [entry.what for _, entry in entries(having(running, lease=NOW), Hold())] == [Happening.HELD_OPEN]


def test_an_end_says_why_and_a_login_what_it_took_over() -> None:
    told_of = [
        entry for _, entry in entries(SESSIONS["active"], EVENTS["login"], Creation(taken_over=("h7",)))
    ]
    assert [(entry.what, entry.reason) for entry in told_of] == [
        (Happening.ENDED, Reason.REPLACED),
        (Happening.ENDED, Reason.TAKEN_OVER),
        (Happening.CREATED, None),
    ]


def test_a_login_that_was_refused_is_told_as_such() -> None:
    refused = Creation(refused=NotCreated.EPOCH_PASSED)
    ((_, entry),) = entries(None, EVENTS["login"], refused)
    assert entry.what is Happening.REFUSED


def test_an_entry_holds_no_digest_and_says_only_what_applies() -> None:
    ((_, entry),) = entries(SESSIONS["active"], EVENTS["re-authentication"])
    assert set(json.loads(entry.encode())) == {
        "at",
        "what",
        "subject",
        "handle",
        "method",
        "device",
        "network",
    }
    assert b"digest" not in entry.encode()


def test_where_no_client_is_known_none_is_told() -> None:
    entry = TrailEvent(at=NOW, what=Happening.LOCKED, subject="ana")
    assert seen(entry, None) == entry
    assert seen(entry, CLIENT) == replace(entry, device=CLIENT.device, network=CLIENT.network)

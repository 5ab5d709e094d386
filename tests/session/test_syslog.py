import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.result import AuditEntry
from sessionward.session.state import Reason
from sessionward.session.syslog import Messages, as_json, framed, from_json
from sessionward.session.trail import Happening, TrailEvent

AT = 1_800_000_000.25
LINK = bytes(range(32))
SHAPE = re.compile(  # RFC 5424, section 6
    rb"<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([!-~]{1,255}) ([!-~]{1,48}) - ([!-~]{1,32}) "
    rb'(-|\[[!-~]+( [!-~]+="(?:[^"\\\]]|\\["\\\]])*")*\]) ([ -~]*)'
)


def entry(told: TrailEvent) -> AuditEntry:
    return AuditEntry(position=7, content=told.encode(), link=LINK)


ENDED = entry(TrailEvent(at=AT, what=Happening.ENDED, subject="ana", handle="h1", reason=Reason.THEFT))


def test_a_message_says_who_what_and_when() -> None:
    found = SHAPE.fullmatch(Messages(host="app1").of(ENDED, "north"))
    assert found is not None
    assert found.groups()[:6] == (
        b"108",
        b"2027-01-15T08:00:00.250000Z",
        b"app1",
        b"sessionward",
        b"ended",
        b"-",
    )
    assert json.loads(found[8]) == {
        "position": 7,
        "tenant": "north",
        "at": AT,
        "what": "ended",
        "subject": "ana",
        "handle": "h1",
        "reason": "theft",
    }


@pytest.mark.parametrize("what", Happening)
def test_every_happening_makes_a_message_of_the_standards_shape(what: Happening) -> None:
    told = entry(TrailEvent(at=0.0, what=what, subject="ana"))
    assert SHAPE.fullmatch(Messages(host="app1", enterprise="32473").of(told, "north")) is not None


def test_what_hints_at_theft_is_graver_than_a_logout() -> None:
    def priority(**of: object) -> int:
        told = TrailEvent.decode(json.dumps({"at": AT, "subject": "ana", **of}).encode())
        found = SHAPE.fullmatch(Messages(host="app1").of(entry(told), "north"))
        assert found is not None
        return int(found[1]) % 8

    assert priority(what="ended", reason="theft") == priority(what="ended", reason="reported") == 4
    assert priority(what="login refused") == priority(what="all ended", reason="administrator") == 5
    assert priority(what="ended", reason="logout") == priority(what="session created") == 6


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_name_breaks_out_of_its_place(tenant: str, subject: str) -> None:
    told = entry(TrailEvent(at=AT, what=Happening.CREATED, subject=subject))
    message = Messages(host="app1", enterprise="32473").of(told, tenant)
    found = SHAPE.fullmatch(message)
    assert found is not None
    assert json.loads(found[8])["subject"] == subject
    assert json.loads(found[8])["tenant"] == tenant


@given(st.binary(), st.text(min_size=1))
def test_a_line_of_json_is_read_back_whatever_was_written(content: bytes, tenant: str) -> None:
    told = AuditEntry(position=3, content=content, link=LINK)
    line = as_json(told, tenant)
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert from_json(line, tenant) == told


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 9999, b'{"tenant":"north","position":1}']
)
def test_a_line_that_is_none_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(line, "north")


def test_a_line_of_another_tenant_is_refused() -> None:
    with pytest.raises(ValueError, match="another tenant"):
        from_json(as_json(ENDED, "south"), "north")


def test_a_frame_begins_with_its_length() -> None:
    assert framed("ä".encode()) == b"2 \xc3\xa4"


@pytest.mark.parametrize(
    "content",
    [b"{}", b'{"at":1e300,"what":"ended","subject":"a"}', b'{"at":"x","what":"ended","subject":"a"}'],
)
def test_an_entry_that_cannot_be_read_makes_no_message(content: bytes) -> None:
    with pytest.raises(ValueError, match="entry"):
        Messages(host="app1").of(AuditEntry(position=1, content=content, link=LINK), "north")


@pytest.mark.parametrize(
    "host,enterprise", [("", None), ("a b", None), ("ä", None), ("app1", "x"), ("app1", "0")]
)
def test_settings_that_would_break_a_message_are_refused(host: str, enterprise: str | None) -> None:
    with pytest.raises(ValueError, match=r"syslog|enterprise"):
        Messages(host=host, enterprise=enterprise)

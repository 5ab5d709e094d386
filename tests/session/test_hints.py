import hmac
from hashlib import sha256

import pytest

from sessionward.session.hints import TICKET_LIFETIME, Ticket, accepted, issue, subject_mark

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = 1_700_000_000.5


def signed(ticket: Ticket) -> str:
    """What the page makes of its ticket."""
    return hmac.new(bytes.fromhex(ticket.key), ticket.text.encode(), sha256).hexdigest()


def test_a_page_that_signs_its_ticket_is_believed_and_each_ticket_is_another() -> None:
    tickets = [issue(KEY, "h", NOW) for _ in range(3)]
    found = [accepted((KEY,), "h", ticket.text, signed(ticket), NOW + 60) for ticket in tickets]
    assert None not in found
    assert len(set(found)) == 3


def test_a_ticket_is_for_its_session_and_its_time() -> None:
    ticket = issue(KEY, "h", NOW)
    assert accepted((KEY,), "another", ticket.text, signed(ticket), NOW) is None
    assert accepted((KEY,), "h", ticket.text, signed(ticket), NOW + TICKET_LIFETIME) is None
    assert accepted((KEY,), "h", ticket.text, signed(ticket), NOW - 60) is None


def test_a_changed_key_still_believes_what_the_one_before_issued() -> None:
    ticket = issue(KEY, "h", NOW)
    assert accepted((OTHER, KEY), "h", ticket.text, signed(ticket), NOW) is not None
    assert accepted((OTHER,), "h", ticket.text, signed(ticket), NOW) is None


@pytest.mark.parametrize("ticket", ["", ".", "..", "1.2.3", "x" * 300, "1700000000.a.b", "\u0661.a.b"])
@pytest.mark.parametrize("signature", ["", "0" * 64, "\u00e4", "x" * 300])
def test_nonsense_is_no_hint(ticket: str, signature: str) -> None:
    assert accepted((KEY,), "h", ticket, signature, NOW) is None


def test_a_ticket_without_its_signature_or_with_anothers_is_no_hint() -> None:
    ticket, other = issue(KEY, "h", NOW), issue(KEY, "h", NOW)
    assert accepted((KEY,), "h", ticket.text, signed(other), NOW) is None
    changed = ticket.text[:-1] + ("1" if ticket.text.endswith("0") else "0")
    assert accepted((KEY,), "h", changed, signed(ticket), NOW) is None


def test_a_page_does_not_show_its_key_and_marks_tell_subjects_apart() -> None:
    ticket = issue(KEY, "h", NOW)
    assert ticket.key not in repr(ticket)
    marks = {subject_mark(KEY, tenant, name) for tenant, name in (("a", "bc"), ("ab", "c"), ("a", "b"))}
    assert len(marks) == 3
    assert subject_mark(KEY, "a", "b") == subject_mark(KEY, "a", "b")

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.chain import (
    BEGINNING,
    Anchor,
    Broken,
    ChainBroken,
    entries,
    followed,
    sound,
    verify,
)
from sessionward.session.result import AuditEntry
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.store import link

LENGTH = 12


class Tampered(MemoryStore):
    """A store whose trail somebody else has written."""

    def __init__(self, trail: Sequence[AuditEntry]) -> None:
        super().__init__()
        self.trail = trail
        self.most = 0

    def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        self.most = max(self.most, limit)
        return tuple(entry for entry in self.trail if entry.position > position)[:limit]


def written(number: int = LENGTH, tenant: str = "north") -> list[AuditEntry]:
    store = MemoryStore()
    return [store.audit_append(tenant, f"entry {n}".encode()) for n in range(number)]


def judged(trail: Sequence[AuditEntry], *anchors: Anchor, tenant: str = "north") -> Anchor | Broken:
    return verify(followed(trail, tenant), anchors=anchors)


def noted(trail: Sequence[AuditEntry], position: int) -> Anchor:
    return Anchor(position=position, link=trail[position - 1].link)


TRAIL = written()


def test_a_trail_as_it_was_written_is_sound() -> None:
    assert judged(TRAIL) == noted(TRAIL, LENGTH)
    assert judged(TRAIL, noted(TRAIL, 3), noted(TRAIL, LENGTH), BEGINNING) == noted(TRAIL, LENGTH)
    assert judged([]) == BEGINNING


def test_a_trail_is_not_taken_for_another_tenants() -> None:
    assert judged(TRAIL, tenant="south") == Broken(position=1, why=broken_why(judged(TRAIL, tenant="south")))


def broken_why(answer: Anchor | Broken) -> str:
    assert isinstance(answer, Broken)
    return answer.why


@given(st.integers(0, LENGTH - 1), st.binary(max_size=9))
def test_a_changed_entry_is_seen_where_it_stands(at: int, content: bytes) -> None:
    trail = [*TRAIL]
    trail[at] = replace(trail[at], content=content)
    answer = judged(trail)
    assert isinstance(answer, Broken)
    assert answer.position == at + 1


@given(st.integers(0, LENGTH - 2))
def test_a_removed_entry_is_seen_also_when_the_rest_moves_up(at: int) -> None:
    gap = TRAIL[:at] + TRAIL[at + 1 :]
    closed = TRAIL[:at] + [replace(entry, position=entry.position - 1) for entry in TRAIL[at + 1 :]]
    for trail in (gap, closed):
        answer = judged(trail)
        assert isinstance(answer, Broken)
        assert answer.position == at + 1


@given(st.integers(0, LENGTH - 2))
def test_entries_that_changed_places_are_seen(at: int) -> None:
    trail = [*TRAIL]
    one, two = trail[at], trail[at + 1]
    trail[at], trail[at + 1] = replace(two, position=one.position), replace(one, position=two.position)
    answer = judged(trail)
    assert isinstance(answer, Broken)
    assert answer.position == at + 1


@given(st.integers(0, LENGTH - 1))
def test_an_entry_that_was_put_in_is_seen(at: int) -> None:
    before = TRAIL[at - 1].link if at else bytes(32)
    extra = AuditEntry(position=at + 1, content=b"forged", link=link(before, "north", b"forged"))
    moved = [replace(entry, position=entry.position + 1) for entry in TRAIL[at:]]
    answer = judged([*TRAIL[:at], extra, *moved])
    assert isinstance(answer, Broken)
    assert answer.position == at + 2


@given(st.integers(0, LENGTH - 1))
def test_an_end_that_was_cut_off_is_seen_against_an_anchor_alone(left: int) -> None:
    assert not isinstance(judged(TRAIL[:left]), Broken)
    assert "cut off" in broken_why(judged(TRAIL[:left], noted(TRAIL, LENGTH)))


@given(st.integers(1, LENGTH))
def test_a_trail_that_was_written_anew_is_seen_against_an_anchor_alone(at: int) -> None:
    store = MemoryStore()
    forged = [store.audit_append("north", f"forged {n}".encode()) for n in range(LENGTH)]
    assert judged(forged) == noted(forged, LENGTH)
    assert "another" in broken_why(judged(forged, noted(TRAIL, at)))


@given(st.integers(0, 2**32))
def test_whatever_is_done_to_a_trail_is_seen(seed: int) -> None:
    rng = random.Random(seed)
    trail = [*TRAIL]
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(trail))
        match rng.randrange(4):
            case 0:
                del trail[at]
            case 1:
                trail.insert(at, trail[rng.randrange(len(trail))])
            case 2:
                trail[at] = replace(trail[at], link=rng.randbytes(32))
            case _:
                trail[at] = replace(trail[at], position=rng.randint(-1, LENGTH + 2))
    if trail != TRAIL:
        assert isinstance(judged(trail, noted(TRAIL, LENGTH)), Broken)


def test_anchors_that_contradict_each_other_hold_nothing() -> None:
    other = Anchor(position=3, link=bytes(32))
    assert "contradict" in broken_why(judged(TRAIL, noted(TRAIL, 3), other))


def test_a_trail_is_read_on_from_an_anchor() -> None:
    store = Tampered(TRAIL)
    start = noted(TRAIL, 5)
    assert list(sound(store, "north", start)) == TRAIL[5:]
    assert verify(sound(store, "north", start), start) == noted(TRAIL, LENGTH)
    end = noted(TRAIL, LENGTH)
    assert verify(sound(store, "north", end), end) == end


@pytest.mark.parametrize("left", [0, 4, 5])
def test_a_trail_is_not_read_on_from_an_anchor_that_it_does_not_hold(left: int) -> None:
    start = noted(TRAIL, 5)
    trail = [*TRAIL[:left], *([replace(TRAIL[4], link=bytes(32))] if left == 4 else [])]
    if left < 5:
        with pytest.raises(ChainBroken, match="anchor"):
            list(sound(Tampered(trail), "north", start))
    else:
        assert list(sound(Tampered(trail), "north", start)) == []


def test_a_long_trail_is_read_in_parts() -> None:
    trail = written(2500)
    store = Tampered(trail)
    assert verify(sound(store, "north")) == noted(trail, 2500)
    assert store.most == 1000
    assert [entry.position for entry in entries(store, "north", after=2, batch=7)] == list(range(3, 2501))


def test_a_store_that_goes_round_in_circles_is_not_followed() -> None:
    class Circling(Tampered):
        def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
            return tuple(self.trail)

    with pytest.raises(ChainBroken):
        list(sound(Circling(TRAIL), "north"))
    assert len(list(entries(Circling(TRAIL), "north"))) == 2 * LENGTH


@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_an_anchor_is_read_back(position: int, digest: bytes) -> None:
    anchor = Anchor(position=position, link=digest)
    assert Anchor.parse(anchor.text) == anchor


@pytest.mark.parametrize(
    "text", ["", "1", "1:", "01:" + "a" * 64, "-1:" + "a" * 64, "1:" + "A" * 64, "1:" + "a" * 65]
)
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        Anchor.parse(text)

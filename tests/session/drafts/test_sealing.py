import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.drafts.draft_shelf import MemoryShelf, Unreadable
from sessionward.session.drafts.sealing import LEAST_LIFETIME, SealedDrafts, seal, unseal
from sessionward.session.policy import PolicyError
from sessionward.session.state import Subject

KEY, OTHER = b"k" * 32, b"o" * 32
ANA = Subject(tenant="north", id="ana")
NAMESAKE = Subject(tenant="south", id="ana")
NOW = 1_700_000_000.0


@given(st.binary(max_size=200))
def test_what_was_sealed_is_opened_for_the_same_subject_and_form(content: bytes) -> None:
    sealed = seal((KEY,), ANA, "history", content)
    assert unseal((OTHER, KEY), ANA, "history", sealed) == content


@pytest.mark.parametrize(
    "keys,owner,form",
    [
        ((OTHER,), ANA, "history"),
        ((KEY,), NAMESAKE, "history"),
        ((KEY,), Subject(tenant="north", id="ben"), "history"),
        ((KEY,), ANA, "other"),
    ],
)
def test_for_anybody_or_anything_else_it_does_not_open(
    keys: tuple[bytes, ...], owner: Subject, form: str
) -> None:
    with pytest.raises(Unreadable):
        unseal(keys, owner, form, seal((KEY,), ANA, "history", b"text"))


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_what_was_changed_does_not_open(place: int, by: int) -> None:
    sealed = bytearray(seal((KEY,), ANA, "history", b"text"))
    sealed[place % len(sealed)] ^= by
    with pytest.raises(Unreadable):
        unseal((KEY,), ANA, "history", bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 20, b"x" * 100])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal((KEY,), ANA, "history", sealed)


def test_the_text_is_not_to_be_seen_and_no_two_seals_are_alike() -> None:
    one, two = (seal((KEY,), ANA, "history", b"chest pain") for _ in range(2))
    assert b"chest" not in one
    assert one != two


def test_drafts_are_kept_by_subject_for_their_time_under_changing_keys() -> None:
    shelf = MemoryShelf()
    before = SealedDrafts(shelf, keys=(KEY,))
    before.save(ANA, "history", b"text", now=NOW)
    after = SealedDrafts(shelf, keys=(OTHER, KEY))
    assert after.load(ANA, "history", now=NOW + 86_399) == b"text"
    assert after.load(ANA, "history", now=NOW + 86_400) is None
    assert after.load(NAMESAKE, "history", now=NOW) is None
    with pytest.raises(Unreadable):
        SealedDrafts(shelf, keys=(OTHER,)).load(ANA, "history", now=NOW)
    after.discard(ANA, "history")
    assert after.load(ANA, "history", now=NOW) is None


def test_what_is_too_old_is_forgotten_by_and_by() -> None:
    shelf = MemoryShelf()
    drafts = SealedDrafts(shelf, keys=(KEY,))
    drafts.save(ANA, "old", b"text", now=NOW)
    drafts.save(ANA, "new", b"text", now=NOW + 90_000)
    assert shelf.get(ANA, "old", now=NOW) is None


@pytest.mark.parametrize("keys,lifetime", [((), 1e5), ((b"short",), 1e5), ((KEY,), LEAST_LIFETIME - 1)])
def test_nonsense_is_refused_at_the_start(keys: tuple[bytes, ...], lifetime: float) -> None:
    with pytest.raises(PolicyError):
        SealedDrafts(MemoryShelf(), keys=keys, lifetime=lifetime)

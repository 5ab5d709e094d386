import random

from hypothesis import given
from hypothesis import strategies as st

from sessionward.http.token import Carrier, Token, TokenKey, TokenSet, fingerprint, scramble


def cookie(name: str, value: str) -> Token:
    return Token(carrier=Carrier.COOKIE, name=name, value=value)


SID, LANG = TokenKey(Carrier.COOKIE, "sid"), TokenKey(Carrier.COOKIE, "lang")
HELD = TokenSet((cookie("sid", "a1b2c3"), cookie("lang", "en")))


def test_header_names_make_one_place_whatever_their_case() -> None:
    assert Token(carrier=Carrier.HEADER, name="X-Auth", value="1").key == TokenKey(Carrier.HEADER, "x-auth")


def test_the_last_value_of_a_place_wins() -> None:
    assert [t.value for t in TokenSet((cookie("sid", "1"), cookie("sid", "2")))] == ["2"]


def test_sets_are_narrowed_widened_and_compared_by_place() -> None:
    assert HELD.only({SID}).keys == {SID}
    assert HELD.without({SID}).keys == {LANG}
    merged = HELD.merged(TokenSet((cookie("sid", "new"),)))
    assert merged.get(SID) == cookie("sid", "new")
    assert HELD.same_values(merged, HELD.keys) == {LANG}


def test_scrambling_changes_only_what_is_asked_and_is_the_same_for_the_same_seed() -> None:
    one, two = HELD.scrambled({SID}, seed=1), HELD.scrambled({SID}, seed=1)
    assert one == two
    assert HELD.same_values(one, HELD.keys) == {LANG}


@given(st.text(alphabet=st.characters(codec="ascii", categories=("L", "N", "P")), max_size=60), st.integers())
def test_a_scrambled_value_keeps_its_format(value: str, seed: int) -> None:
    changed = scramble(value, random.Random(seed))
    assert len(changed) == len(value)
    for old, new in zip(value, changed, strict=True):
        assert (old.isdigit(), old.islower(), old.isupper()) == (new.isdigit(), new.islower(), new.isupper())
        assert old.isalnum() or old == new
    assert changed != value or not any(character.isalnum() for character in value)


def test_hexadecimal_stays_hexadecimal() -> None:
    assert set(scramble("deadbeef00ff", random.Random(3))) <= set("0123456789abcdef")


def test_a_token_shows_a_fingerprint_and_never_its_value() -> None:
    token = cookie("sid", "topsecret")
    assert token.shown == f"cookie sid ‹{fingerprint('topsecret')}›"
    assert "topsecret" not in repr(TokenSet((token,)))

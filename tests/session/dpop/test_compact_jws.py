import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.dpop.compact_jws import Malformed, decoded, encoded, taken_apart


@given(st.binary(max_size=80))
def test_bytes_have_one_spelling(content: bytes) -> None:
    assert decoded(encoded(content)) == content


@pytest.mark.parametrize("text", ["A", "AB", "AA=", "AA==", "A+", "A/", "A\n", "ä"])
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(Malformed):
        decoded(text)


def test_a_token_is_taken_apart() -> None:
    both = ".".join(encoded(part) for part in (b'{"a":1}', b'{"b":2}'))
    jws = taken_apart(f"{both}.{encoded(b'sig')}")
    assert (jws.header, jws.claims, jws.signature) == ({"a": 1}, {"b": 2}, b"sig")
    assert jws.signed == both.encode()


@pytest.mark.parametrize("text", ["", "..", "a.b", "e30.e30", "e30.e30.", "e30.e30.AA.AA", "e30.e30.AA\n"])
def test_what_is_not_three_parts_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        taken_apart(text)

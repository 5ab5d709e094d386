import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.digest import SHAPE, AccessToken, Token, new_handle, shown_digest

SECRETS = st.binary(min_size=32, max_size=32)


@given(SECRETS)
def test_what_was_spelled_is_read_back(secret: bytes) -> None:
    token = Token(secret)
    assert Token.parse(token.text) == token


@given(st.text(alphabet="AQgw_-09az=+/. \n", max_size=50))
def test_a_text_is_a_token_only_in_its_one_spelling(text: str) -> None:
    token = Token.parse(text)
    assert token is None or token.text == text


@pytest.mark.parametrize(
    "text", ["", "A" * 42, "A" * 44, "A" * 42 + "B", "A" * 42 + "=", "ä" * 43, "A" * 43 + "\n"]
)
def test_what_we_could_not_have_handed_out_is_no_token(text: str) -> None:
    assert Token.parse(text) is None


def test_a_token_is_never_shown() -> None:
    token = Token.mint()
    assert token.text not in repr(token)
    assert repr(token.secret) not in f"{token} {token!r}"


def test_two_tokens_differ_and_fit_the_shape() -> None:
    texts = {Token.mint().text for _ in range(100)}
    assert len(texts) == 100
    assert all(SHAPE.fullmatch(text.encode()) for text in texts)


@given(SECRETS, SECRETS)
def test_only_the_bearer_of_the_token_before_reads_the_successor(before: bytes, after: bytes) -> None:
    sealed = Token(before).seal(Token(after))
    assert Token(before).unseal(sealed) == Token(after)
    assert Token(bytes(32)).unseal(sealed) != Token(after) or before == bytes(32)


def test_a_seal_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        Token.mint().unseal(b"short")


def test_handles_differ() -> None:
    assert len({new_handle() for _ in range(100)}) == 100


@given(SECRETS)
def test_an_access_token_is_read_back_and_leads_to_its_refresh_tokens_digest(secret: bytes) -> None:
    token = Token(secret)
    access = token.access()
    assert AccessToken.parse(access.text) == access
    assert access.root == token.digest
    assert secret not in access.secret + access.digest + access.root


@given(st.text(alphabet="AQgw_-09az=+/. ", min_size=80, max_size=90))
def test_a_text_is_an_access_token_only_in_its_one_spelling(text: str) -> None:
    token = AccessToken.parse(text)
    assert token is None or token.text == text


def test_tokens_of_one_kind_are_none_of_the_other() -> None:
    token = Token.mint()
    assert AccessToken.parse(token.text) is None
    assert Token.parse(token.access().text) is None
    assert token.access().secret.hex() not in repr(token.access())


def test_the_same_content_has_the_same_digest_however_its_keys_stand() -> None:
    assert shown_digest({"a": 1, "b": [2]}) == shown_digest({"b": [2], "a": 1})
    assert shown_digest({"dose": "10 mg"}) != shown_digest({"dose": "100 mg"})
    assert shown_digest(1) != shown_digest("1")


@pytest.mark.parametrize("content", [object(), {1, 2}, float("nan")])
def test_what_json_cannot_tell_has_no_digest(content: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        shown_digest(content)

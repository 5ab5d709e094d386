import re

from sessionward.demo.random_tokens import digest_of, new_token


def test_a_token_is_256_random_bits_of_which_the_server_keeps_a_digest() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == len({digest_of(token) for token in tokens}) == 100
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)


def test_a_token_that_is_no_proper_text_has_a_digest_too() -> None:
    assert digest_of("\ud800") != digest_of("")

import pytest

from sessionward.session.dpop.challenge import challenge


def test_a_challenge_names_the_algs() -> None:
    assert challenge() == 'DPoP algs="ES256 EdDSA Ed25519 PS256 RS256"'


def test_a_challenge_tells_what_was_wrong() -> None:
    text = challenge("invalid_token", "The token is over.", realm="clinic")
    assert text.startswith(
        'DPoP realm="clinic", error="invalid_token", error_description="The token is over.", algs='
    )


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\r\nb", "ä"])
def test_what_would_break_out_of_its_quotes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="printable"):
        challenge(description=text)

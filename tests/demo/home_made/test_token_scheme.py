from sessionward.demo.home_made.token_scheme import Holder, TokenScheme

ANA = Holder(id="ana", login_name="ana@example.org")


def test_tokens_are_random_and_say_nothing() -> None:
    scheme = TokenScheme()
    tokens = {scheme.make(holder) for holder in (ANA, ANA, None)}
    assert len(tokens) == 3
    for token in tokens:
        assert len(token) == 43
        assert scheme.handle(token) == token
        assert scheme.names(token) is None

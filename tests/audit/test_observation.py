import pytest

from sessionward.audit.observation import Answer, LoggedOut, PasswordChanged, Session, Storage
from sessionward.http import Carrier, Exchange, Request, Token, TokenSet

SECRET = "5e551017c0ffee"
TOKENS = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=SECRET),))
REQUEST = Request(method="POST", url="http://localhost/logout", headers=(("Cookie", f"sid={SECRET}"),))
EXCHANGE = Exchange(request=REQUEST)


@pytest.mark.parametrize(
    "value",
    [
        Session(id=1, party="owner", tokens=TOKENS, before=TOKENS, exchanges=(EXCHANGE,)),
        Answer(exchange=EXCHANGE, shows="owner", found=(SECRET,)),
        LoggedOut(effective=True, requests=(REQUEST,)),
        PasswordChanged(effective=True, tokens=TOKENS),
        Storage(document_cookie=(("sid", SECRET),), items=(("local", "t", SECRET),)),
    ],
)
def test_no_token_shows_in_the_repr_of_what_was_observed(value: object) -> None:
    assert SECRET not in repr(value)

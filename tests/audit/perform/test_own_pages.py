from sessionward.audit.explore.flows import Handle, LogoutFlow
from sessionward.audit.perform.own_pages import in_session
from sessionward.http import Carrier, Token, TokenSet

CONTROL = Handle(tag="a", name="Log off")
OWN = TokenSet((Token(carrier=Carrier.QUERY, name="sid", value="mine"),))


def test_an_address_with_the_token_of_another_session_gets_the_own_one() -> None:
    flow = LogoutFlow(url="http://app.test/main?a=1&sid=theirs", control=CONTROL)
    assert in_session(flow, OWN).url == "http://app.test/main?a=1&sid=mine"


def test_an_address_without_one_stays_as_it_is() -> None:
    flow = LogoutFlow(url="http://app.test/main?b=%20x", control=CONTROL)
    assert in_session(flow, OWN) == flow
    assert in_session(flow, TokenSet()) == flow

from sessionward.session.adapters import makers
from sessionward.session.digest import Token
from sessionward.session.event import Login, Reauthenticate, Refresh
from sessionward.session.state import Subject
from sessionward.session.transact import Fresh

ANA = Subject(tenant="north", id="ana")
FRESH = Fresh()
OLD = Token.mint()


def test_whoever_holds_the_token_before_reads_its_successor() -> None:
    event = makers.reauthenticate(OLD, method="x", scope=None, shown=None)(FRESH)
    assert isinstance(event, Reauthenticate)
    assert event.sealed is not None
    assert (OLD.unseal(event.sealed), event.access) == (FRESH.token, None)


def test_with_an_access_token_nothing_is_sealed_and_the_next_pair_is_made() -> None:
    event = makers.reauthenticate(OLD.access(), method="x", scope=None, shown=None)(FRESH)
    assert isinstance(event, Reauthenticate)
    assert (event.sealed, event.access) == (None, FRESH.token.access().digest)
    renewal = makers.refresh(OLD)(FRESH)
    assert isinstance(renewal, Refresh)
    assert (OLD.unseal(renewal.sealed), renewal.access) == (FRESH.token, FRESH.token.access().digest)


def test_only_a_phones_login_has_an_access_token() -> None:
    for bearer in (True, False):
        event = makers.login(
            ANA, role=None, method="x", epoch=0, client=None, bearer=bearer, device_key=None
        )(FRESH)
        assert isinstance(event, Login)
        assert (event.access is not None) is bearer
        assert (event.handle, event.digest) == (FRESH.handle, FRESH.token.digest)

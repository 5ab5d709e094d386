from sessionward.demo.remembered_logins import REMEMBERED_LIFETIME, RememberedLogins
from tests.demo.trial import Clock


def test_a_remembered_login_is_spent_by_its_use() -> None:
    remembered = RememberedLogins(Clock())
    token, chain = remembered.remember("ana")
    found = remembered.redeem(token)
    assert found is not None
    assert (found.subject, found.chain) == ("ana", chain)
    assert remembered.redeem(token) is None


def test_a_remembered_login_ends_by_itself() -> None:
    clock = Clock()
    remembered = RememberedLogins(clock)
    token, _ = remembered.remember("ana")
    clock.now += REMEMBERED_LIFETIME
    assert remembered.redeem(token) is None


def test_forgetting_a_chain_reaches_the_token_that_it_has_now() -> None:
    remembered = RememberedLogins(Clock())
    first, chain = remembered.remember("ana")
    other, _ = remembered.remember("ana")
    remembered.redeem(first)
    renewed, same = remembered.remember("ana", chain)
    assert same == chain
    remembered.forget_chain(chain)
    assert remembered.redeem(renewed) is None
    assert remembered.redeem(other)


def test_forgetting_an_account_leaves_other_accounts_remembered() -> None:
    remembered = RememberedLogins(Clock())
    ana, ben = remembered.remember("ana")[0], remembered.remember("ben")[0]
    remembered.forget_subject("ana")
    assert remembered.redeem(ana) is None
    assert remembered.redeem(ben)

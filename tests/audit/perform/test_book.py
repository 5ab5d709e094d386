import pytest

from sessionward.audit.driver import DriverError
from sessionward.audit.observation import Session
from sessionward.audit.perform.book import Book, Entry
from sessionward.http import Carrier, Token, TokenSet
from tests.audit.perform.fake_app import FakeApp
from tests.audit.perform.fake_driver import FakeDriver
from tests.audit.perform.stages import SID

SECRET = "5e551017c0ffee"


def tokens(value: str) -> TokenSet:
    return TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=value),))


def minted(book: Book, value: str = SECRET, run: str = "a#1") -> Session:
    session = Session(id=book.new_id(), party="owner", tokens=tokens(value), authenticated=True)
    return book.add(Entry(session=session, run=run, storage=(("local", "token", value),)))


def test_sessions_are_found_by_run_oldest_first() -> None:
    book = Book()
    first, _, third = minted(book), minted(book, run="b#1"), minted(book)
    assert [entry.session.id for entry in book.of_run("a#1")] == [first.id, third.id]
    assert [entry.session.id for entry in book.all()] == [1, 2, 3]


def test_a_session_that_was_never_opened_is_told() -> None:
    with pytest.raises(DriverError, match="never opened"):
        Book().entry(Session(id=7, party="owner"))


def test_acting_in_a_closed_browser_says_how_to_keep_it_open() -> None:
    book = Book()
    with pytest.raises(DriverError, match="keep=True"):
        book.tab(minted(book))


def test_new_tokens_leave_the_former_ones_in_the_book() -> None:
    book = Book()
    session = minted(book)
    fresh = book.renewed(session, tokens("another"), frozenset({SID}))
    assert fresh.tokens == tokens("another")
    assert [entry.session.tokens for entry in book.all()] == [tokens("another"), tokens(SECRET)]
    assert [entry.run for entry in book.all()] == ["a#1", "a#1"]


def test_a_login_token_that_vanished_from_its_browser_stays_in_the_book() -> None:
    book = Book()
    book.renewed(minted(book), TokenSet(), frozenset({SID}))
    assert [len(entry.session.tokens) for entry in book.all()] == [0, 1]


def test_a_token_that_a_logout_took_from_its_browser_stays_in_the_book_as_logged_out() -> None:
    book = Book()
    session = minted(book)
    book.entry(session).ended = "logged out"
    book.renewed(session, TokenSet(), frozenset({SID}))
    assert [(len(entry.session.tokens), entry.ended) for entry in book.all()] == [
        (0, "logged out"),
        (1, "logged out"),
    ]


def test_tokens_of_a_browser_in_which_nobody_was_let_in_are_forgotten() -> None:
    book = Book()
    session = minted(book)
    book.entry(session).let_in = False
    book.renewed(session, tokens("another"), frozenset({SID}))
    assert len(book.all()) == 1


def test_a_cookie_that_carries_no_login_may_change_unnoticed() -> None:
    book = Book()
    book.renewed(minted(book), tokens("another"), frozenset())
    assert len(book.all()) == 1


async def test_closing_goes_on_where_one_browser_will_not_close() -> None:
    driver, book = FakeDriver(FakeApp()), Book()
    for session in (minted(book), minted(book)):
        book.entry(session).tab = await driver.open()
    driver.faults["close"] = [DriverError("the browser hangs")]
    await book.close(book.all())
    assert [entry.tab for entry in book.all()] == [None, None]
    assert driver.living == []


def test_an_entry_never_prints_a_token() -> None:
    book = Book()
    assert SECRET not in repr(book.entry(minted(book)))

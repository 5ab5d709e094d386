import time

from sessionward.audit.browser.repose import (
    BLANK,
    BUSY,
    BUSY_AGAIN,
    LATE,
    STILL,
    STILL_AGAIN,
    Repose,
    address,
)

URL = "http://clinic.test/visits?day=1#top"


def test_a_page_that_never_stirred_is_believed_sooner() -> None:
    repose = Repose()
    repose.loaded(URL, calm=True)
    assert repose.still(URL) == STILL
    repose.loaded(URL, calm=True)
    assert repose.still("http://clinic.test/visits?day=2") == STILL_AGAIN
    assert repose.still("http://clinic.test/") == STILL


def test_a_page_that_stirs_again_is_not() -> None:
    repose = Repose()
    for calm in (True, True, False):
        repose.loaded(URL, calm=calm)
    assert repose.still(URL) == STILL


def test_a_page_that_always_moves_is_given_less_time_later() -> None:
    repose = Repose()
    assert repose.most(URL) == BUSY
    repose.moved_on(URL)
    assert repose.most(URL) == BUSY_AGAIN


def test_a_page_that_shows_nothing_is_given_time_once() -> None:
    repose = Repose()
    now = time.monotonic()
    assert repose.may_yet_draw(URL, now)
    assert not repose.may_yet_draw(URL, now - BLANK)
    assert not repose.may_yet_draw(URL, now)


def test_a_page_that_was_given_up_and_drew_after_all_is_waited_for_longer() -> None:
    repose = Repose()
    now = time.monotonic()
    assert not repose.may_yet_draw(URL, now - BLANK)
    repose.drew("http://clinic.test/visits?day=2")
    assert repose.may_yet_draw(URL, now - BLANK)
    assert not repose.may_yet_draw(URL, now - LATE)
    assert not repose.may_yet_draw(URL, now)


def test_a_page_that_is_blank_for_one_visitor_and_drawn_for_another_is_given_more_time_once() -> None:
    repose = Repose()
    now = time.monotonic()
    assert not repose.may_yet_draw(URL, now - BLANK)
    repose.drew(URL)
    assert not repose.may_yet_draw(URL, now - LATE)
    repose.drew(URL)
    assert not repose.may_yet_draw(URL, now)


def test_a_page_that_draws_in_time_is_no_late_one() -> None:
    repose = Repose()
    repose.drew(URL)
    assert not repose.may_yet_draw(URL, time.monotonic() - BLANK)


def test_an_address_counts_without_query_and_fragment() -> None:
    assert address(URL) == address("http://clinic.test/visits#a?b") == "http://clinic.test/visits"

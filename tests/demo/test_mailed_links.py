import pytest

from sessionward.demo.mailed_links import LINK_LIFETIME, MOST_LINKS, MailedLinks
from tests.demo.trial import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def links(clock: Clock) -> MailedLinks[str]:
    return MailedLinks(clock)


def test_a_link_may_be_looked_at_often_and_used_once(links: MailedLinks[str]) -> None:
    token = links.make("ana", "purpose")
    assert [links.look(token), links.look(token), links.use(token)] == ["purpose"] * 3
    assert (links.look(token), links.use(token)) == (None, None)


def test_a_link_closes_after_half_an_hour(links: MailedLinks[str], clock: Clock) -> None:
    token = links.make("ana", "purpose")
    clock.now += LINK_LIFETIME - 1
    assert links.look(token)
    clock.now += 1
    assert (links.look(token), links.use(token)) == (None, None)


def test_a_new_link_closes_the_earlier_one_of_the_same_key(links: MailedLinks[str]) -> None:
    first, other = links.make("ana", "first"), links.make("ben", "other")
    second = links.make("ana", "second")
    assert [links.look(token) for token in (first, second, other)] == [None, "second", "other"]
    links.close("ben")
    assert links.look(other) is None


def test_a_made_up_token_opens_nothing(links: MailedLinks[str]) -> None:
    links.make("ana", "purpose")
    assert [links.look(token) for token in ("", "made-up", "\udcff")] == [None] * 3


def test_no_flood_of_links_fills_the_memory(links: MailedLinks[str]) -> None:
    tokens = [links.make(str(number), "purpose") for number in range(MOST_LINKS + 1)]
    assert (links.look(tokens[0]), links.look(tokens[-1])) == (None, "purpose")

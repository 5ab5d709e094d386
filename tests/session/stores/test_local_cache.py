from dataclasses import replace

import pytest

from sessionward.session.policy import PolicyError
from sessionward.session.result import Feed, Termination
from sessionward.session.state import Ended, Presented, Reason, Session, Subject, TokenAge, Value
from sessionward.session.stores.local_cache import BATCH, OVERHEAD, LocalCache, awake_or_asleep
from tests.session.stores.conformance import ANA, NAMESAKE, NOW, digest, plain, record

ANY = float("inf")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(clock: Clock) -> LocalCache:
    return made(clock)


def made(clock: Clock, *, entries: int = 10, size: int = 10 * OVERHEAD) -> LocalCache:
    cache = LocalCache(bound=1.0, entries=entries, size=size, clock=clock)
    learn(cache)
    return cache


def presented(handle: str = "h1", *, subject: Subject | None = ANA, content: bytes = b"") -> Presented:
    data = {"a": Value(version=1, content=content)} if content else {}
    entry = record(handle, subject=subject)
    return Presented(record=entry, age=TokenAge.CURRENT, grace_until=0.0, data=data)


def keep(cache: LocalCache, *names: str) -> None:
    for name in names:
        cache.keep(digest(name), presented(name), cache.heard())


def learn(cache: LocalCache, *entries: Termination, complete: bool = True) -> bool:
    cursor = cache.cursor + len(entries)
    feed = Feed(terminations=entries, cursor=cursor, complete=complete)
    return cache.learn(feed, cache.clock())


def change(handle: str | None = "h1", subject: Subject | None = ANA) -> Termination:
    return Termination(position=1, handle=handle, subject=subject, epoch=None, reason=None, at=None)


def known(cache: LocalCache, *names: str, staleness: float = ANY) -> list[str]:
    return [name for name in names if cache.recall(digest(name), staleness) is not None]


def test_what_was_kept_is_told_and_says_that_it_was_recalled(cache: LocalCache) -> None:
    keep(cache, "h1")
    found = cache.recall(digest("h1"), ANY)
    assert found is not None
    assert plain(found) == presented()
    assert cache.recall(digest("h2"), ANY) is None


def test_nothing_is_told_once_the_feed_was_not_read_for_the_bound(cache: LocalCache, clock: Clock) -> None:
    keep(cache, "h1")
    clock.now += 0.999
    assert known(cache, "h1") == ["h1"]
    clock.now += 0.001
    assert known(cache, "h1") == []
    learn(cache)
    assert known(cache, "h1") == ["h1"]


def test_a_reading_counts_from_when_it_began(cache: LocalCache, clock: Clock) -> None:
    keep(cache, "h1")
    began = clock.now
    clock.now += 0.9
    cache.learn(Feed(terminations=(), cursor=0, complete=True), began)
    clock.now += 0.1
    assert known(cache, "h1") == []


def test_a_feed_that_was_read_in_part_makes_nothing_fresher(cache: LocalCache, clock: Clock) -> None:
    keep(cache, "h1")
    clock.now += 0.9
    assert learn(cache, *[change("h9")] * BATCH)
    clock.now += 0.1
    assert known(cache, "h1") == []
    assert not learn(cache, change("h9"))
    assert known(cache, "h1") == ["h1"]


def test_nothing_is_told_before_the_feed_was_read_at_all(clock: Clock) -> None:
    cache = LocalCache(bound=1.0, entries=10, size=10 * OVERHEAD, clock=clock)
    keep(cache, "h1")
    assert known(cache, "h1") == []


@pytest.mark.parametrize("staleness,told", [(0.0, []), (0.4, []), (0.6, ["h1"]), (99.0, ["h1"])])
def test_who_wants_it_fresher_is_told_less(
    cache: LocalCache, clock: Clock, staleness: float, told: list[str]
) -> None:
    keep(cache, "h1")
    clock.now += 0.5
    assert known(cache, "h1", staleness=staleness) == told


def test_a_change_an_end_and_the_end_of_all_are_forgotten(cache: LocalCache) -> None:
    keep(cache, "h1", "h2", "h3")
    cache.keep(digest("s1"), presented("s1", subject=NAMESAKE), cache.heard())
    cache.keep(digest("v1"), presented("v1", subject=None), cache.heard())
    learn(cache, change("h1"))
    assert known(cache, "h1", "h2", "h3", "s1", "v1") == ["h2", "h3", "s1", "v1"]
    learn(cache, replace(change("v1", None), reason=Reason.LOGOUT, at=NOW))
    assert known(cache, "h2", "h3", "s1", "v1") == ["h2", "h3", "s1"]
    learn(cache, replace(change(None), epoch=1, reason=Reason.ADMINISTRATOR, at=NOW))
    assert known(cache, "h2", "h3", "s1") == ["s1"]


def test_all_is_forgotten_when_all_are_ended_here(cache: LocalCache) -> None:
    keep(cache, "h1", "h2")
    heard = cache.heard()
    cache.forget_all()
    cache.keep(digest("h1"), presented(), heard)
    assert known(cache, "h1", "h2") == []


def test_after_a_gap_in_the_feed_nothing_is_known(cache: LocalCache) -> None:
    keep(cache, "h1", "h2")
    learn(cache, complete=False)
    assert known(cache, "h1", "h2") == []
    keep(cache, "h1")
    assert known(cache, "h1") == ["h1"]


@pytest.mark.parametrize("news", ["told", "forgotten", "gap", "fork"])
def test_an_answer_that_was_overtaken_by_news_is_not_kept(cache: LocalCache, news: str) -> None:
    heard = cache.heard()
    if news == "told":
        learn(cache, change("h1"))
    elif news == "forgotten":
        cache.forget(("h1",))
    elif news == "gap":
        learn(cache, complete=False)
    else:
        cache.begin_anew()
        learn(cache)
    cache.keep(digest("h1"), presented(), heard)
    assert known(cache, "h1") == []


@pytest.mark.parametrize(
    "answer",
    [
        None,
        Ended(handle="h1", reason=Reason.LOGOUT, at=NOW),
        replace(presented(), age=TokenAge.PREVIOUS),
        replace(presented(), age=TokenAge.RETIRED),
    ],
)
def test_only_a_living_session_under_its_current_token_is_kept(cache: LocalCache, answer: Session) -> None:
    cache.keep(digest("h1"), answer, cache.heard())
    assert known(cache, "h1") == []


def test_a_session_is_known_by_its_newest_token_alone(cache: LocalCache) -> None:
    keep(cache, "h1")
    renewed = replace(presented(), record=replace(record(), digest=digest("d2")))
    cache.keep(digest("d2"), renewed, cache.heard())
    assert known(cache, "h1", "d2") == ["d2"]


def test_the_least_recently_used_makes_room(clock: Clock) -> None:
    cache = made(clock, entries=2)
    keep(cache, "h1", "h2")
    assert known(cache, "h1") == ["h1"]
    keep(cache, "h3")
    assert known(cache, "h1", "h2", "h3") == ["h1", "h3"]


def test_much_data_makes_room_too_and_too_much_is_not_kept(clock: Clock) -> None:
    cache = made(clock, size=3 * OVERHEAD)
    keep(cache, "h1", "h2")
    cache.keep(digest("h3"), presented("h3", content=b"x" * OVERHEAD), cache.heard())
    assert known(cache, "h1", "h2", "h3") == ["h3"]
    cache.keep(digest("h4"), presented("h4", content=b"x" * 3 * OVERHEAD), cache.heard())
    assert known(cache, "h3", "h4") == ["h3"]
    learn(cache, change("h3"))
    keep(cache, "h5", "h6", "h7")
    assert known(cache, "h5", "h6", "h7") == ["h5", "h6", "h7"]


def test_activity_is_raised_where_it_is_known_and_never_lowered(cache: LocalCache) -> None:
    keep(cache, "h1")
    for moment, after in ((NOW + 9, NOW + 9), (NOW + 3, NOW + 9)):
        cache.touched("h1", moment)
        found = cache.recall(digest("h1"), ANY)
        assert found is not None
        assert found.record.last_active == after
    cache.touched("h2", NOW + 9)
    assert known(cache, "h2") == []


@pytest.mark.parametrize("bound", [0.0, -1.0, 61.0, float("inf"), float("nan")])
def test_a_bound_that_bounds_nothing_is_refused(bound: float) -> None:
    with pytest.raises(PolicyError, match="bound is"):
        LocalCache(bound=bound, entries=1, size=1)


@pytest.mark.parametrize("entries,size", [(0, 1), (1, 0)])
def test_a_cache_without_room_is_refused(entries: int, size: int) -> None:
    with pytest.raises(PolicyError, match="room"):
        LocalCache(bound=1.0, entries=entries, size=size)


def test_the_clock_only_goes_forward() -> None:
    moments = [awake_or_asleep() for _ in range(100)]
    assert moments == sorted(moments)

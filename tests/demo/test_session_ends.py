from sessionward.demo.sample_people import ANA, BEN, NORA
from tests.demo.trial import make_trial


async def test_whoever_is_logged_out_by_the_administrator_is_logged_in_nowhere_and_not_remembered() -> None:
    trial = make_trial()
    first, second, other, nora = (trial.guest() for _ in range(4))
    await first.log_in(ANA, remember=True)
    await second.log_in(ANA)
    await other.log_in(BEN)
    await nora.log_in(NORA)
    token = await first.api_token()
    await nora.submit("/administration/accounts/ana/end-sessions", {}, form="/administration/accounts")
    assert [await guest.sees(ANA) for guest in (first, second)] == [False, False]
    assert not await trial.shows_by_bearer(token, "/api/me")
    assert await other.sees(BEN)
    assert await nora.sees(NORA)

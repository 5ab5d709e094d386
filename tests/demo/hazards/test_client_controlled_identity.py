from sessionward.demo.hazards.client_controlled_identity import HAZARD
from sessionward.demo.sample_people import BEN
from tests.demo.forging import says, written
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether the second account's pages open by writing what its cookies say into one's own, unsigned."""
    attacker, other = trial.guest(), trial.guest()
    await attacker.log_in()
    await other.log_in(BEN)
    mine, theirs = dict(attacker.http.cookies), dict(other.http.cookies)
    forged = [mine | {name: theirs[name]} for name in mine if not name.endswith("session")]
    claims = says(other.token or "")
    if "sub" in claims:
        forged.append(mine | {"session": written(attacker.token or "", sub=claims["sub"])})
    return any([await trial.guest(**cookies).sees(BEN) for cookies in forged])


async def test_nothing_that_a_browser_can_write_says_whose_pages_it_is_shown() -> None:
    assert not await shown(make_trial())


async def test_a_cookie_of_ones_own_choice_shows_another_account() -> None:
    assert await shown(make_trial(HAZARD))


async def test_the_pages_shown_are_ones_own_as_long_as_nothing_is_rewritten() -> None:
    guest = make_trial(HAZARD).guest()
    await guest.log_in()
    assert await guest.sees()
    await guest.log_out()
    assert "patient" not in guest.http.cookies

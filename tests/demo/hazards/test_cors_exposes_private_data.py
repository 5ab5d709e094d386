import pytest

from sessionward.demo.hazards.cors_exposes_private_data import HAZARD
from sessionward.demo.sample_people import ANA
from tests.demo.trial import ELSEWHERE, Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether a script of another site can read what the API answers this browser."""
    victim = trial.guest()
    await victim.log_in()
    answer = await victim.from_elsewhere("/api/me", embedded=True)
    readable = answer.headers.get("access-control-allow-origin") == ELSEWHERE
    with_cookies = answer.headers.get("access-control-allow-credentials") == "true"
    return readable and with_cookies and ANA.phone in answer.text


async def test_no_other_site_reads_the_api() -> None:
    assert not await shown(make_trial())


async def test_every_other_site_reads_the_api() -> None:
    assert await shown(make_trial(HAZARD))


@pytest.mark.parametrize("path", ["/profile", "/records"])
async def test_pages_beside_the_api_stay_unreadable(path: str) -> None:
    victim = make_trial(HAZARD).guest()
    await victim.log_in()
    answer = await victim.from_elsewhere(path, embedded=True)
    assert "access-control-allow-origin" not in answer.headers

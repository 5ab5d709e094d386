from sessionward.demo.hazards.cookie_sent_cross_site import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    return set(await kept_to_site(trial, "https")) != {"samesite=lax"}


async def kept_to_site(trial: Trial, scheme: str) -> list[str]:
    answer = await trial.guest(scheme=scheme).log_in(remember=True)
    lines = [line.lower() for line in answer.headers.get_list("set-cookie")]
    return [part for line in lines for part in line.split("; ") if part.startswith("samesite")]


async def test_cookies_are_kept_from_what_other_sites_send() -> None:
    assert await kept_to_site(make_trial(), "https") == ["samesite=lax"] * 2


async def test_cookies_go_along_with_what_other_sites_send() -> None:
    assert await kept_to_site(make_trial(HAZARD), "https") == ["samesite=none"] * 2
    assert await kept_to_site(make_trial(HAZARD), "http") == []

from sessionward.demo.hazards.clickjackable_action import HAZARD
from tests.demo.trial import BY_HAND, Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether a page with a form can be framed by another site, logged in as it is."""
    victim = trial.guest()
    await victim.log_in()
    answer = await victim.from_elsewhere("/profile", embedded=True)
    policy = answer.headers["content-security-policy"]
    frameable = "frame-ancestors" not in policy and "x-frame-options" not in answer.headers
    return frameable and 'action="/profile"' in answer.text


async def test_no_other_site_can_frame_a_page() -> None:
    assert not await shown(make_trial())


async def test_every_other_site_can_frame_a_page() -> None:
    assert await shown(make_trial(HAZARD))


async def test_the_rest_of_the_content_policy_stays() -> None:
    sound, framed = [
        await trial.guest().get("/") for trial in (make_trial(protections=BY_HAND), make_trial(HAZARD))
    ]
    policy = sound.headers["content-security-policy"].replace("frame-ancestors 'none'; ", "")
    assert framed.headers["content-security-policy"] == policy

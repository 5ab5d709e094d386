import re

from sessionward.demo.hazards.token_in_web_storage import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether a script that the page loads writes to web storage."""
    owner = trial.guest()
    await owner.log_in()
    scripts = re.findall(r'<script src="([^"]+)"', (await owner.get("/messages")).text)
    assert len(scripts) == 2
    sources = [(await owner.get(path)).raise_for_status().text for path in scripts]
    return any(re.search(r"(local|session)Storage\.setItem", source) for source in sources)


async def test_the_script_keeps_its_token_in_memory() -> None:
    assert not await shown(make_trial())


async def test_the_script_writes_its_token_to_storage() -> None:
    assert await shown(make_trial(HAZARD))

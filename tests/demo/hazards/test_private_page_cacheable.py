from sessionward.demo.hazards.private_page_cacheable import HAZARD
from sessionward.demo.sample_people import ANA
from tests.demo.trial import Trial, make_trial

PAGES = ("/profile", "/records", "/api/me", "/api/records", "/records/rec-7f3a", "/records/rec-7f3a/print")


async def shown(trial: Trial) -> bool:
    """Whether a browser may keep an answer with the owner's data."""
    owner = trial.guest()
    await owner.log_in()
    answers = [await owner.get(path) for path in (*PAGES, *await owner.links("/documents"))]
    private = [answer for answer in answers if ANA.phone in answer.text or ANA.records[0].text in answer.text]
    assert len(private) >= len(PAGES) - 1
    return any("no-store" not in answer.headers["cache-control"] for answer in private)


async def test_no_browser_may_keep_private_data() -> None:
    assert not await shown(make_trial())


async def test_browsers_may_keep_what_the_api_answers() -> None:
    assert await shown(make_trial(HAZARD))

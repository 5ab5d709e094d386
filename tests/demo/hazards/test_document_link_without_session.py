from sessionward.demo.hazards.document_link_without_session import HAZARD
from sessionward.demo.sample_people import ANA
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether a document of the owner opens for a visitor without a session."""
    owner, visitor = trial.guest(), trial.guest()
    await owner.log_in()
    paths = [path for path in await owner.links("/documents") if path.startswith("/documents/")]
    assert any([await owner.sees(path=path) for path in paths])
    await owner.log_out()
    answers = [await guest.get(path) for guest in (owner, visitor) for path in paths]
    return any(ANA.phone in answer.text for answer in answers)


async def test_no_document_opens_without_a_session() -> None:
    assert not await shown(make_trial())


async def test_a_document_opens_for_anybody() -> None:
    assert await shown(make_trial(HAZARD))

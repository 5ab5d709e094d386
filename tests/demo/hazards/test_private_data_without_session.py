from sessionward.demo.hazards.private_data_without_session import HAZARD
from sessionward.demo.sample_people import ANA
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether any page that the owner can reach by links shows the owner's data to a visitor without a session."""
    owner, visitor = trial.guest(), trial.guest()
    await owner.log_in()
    seen, found = set(), {"/overview", "/api/me", "/api/records", "/api/messages"}
    while found:
        path = found.pop()
        seen.add(path)
        found |= await owner.links(path) - seen
    private = {
        ANA.phone,
        *(record.text for record in ANA.records),
        *(message.text for message in ANA.messages),
    }
    assert sum([await owner.sees(path=path) for path in sorted(seen)]) >= len(ANA.records)
    answers = [(await visitor.get(path)).text for path in sorted(seen)]
    return any(text in answer for text in private for answer in answers)


async def test_no_page_of_the_owner_is_shown_to_a_visitor() -> None:
    assert not await shown(make_trial())


async def test_the_printable_page_is_shown_to_anybody() -> None:
    assert await shown(make_trial(HAZARD))

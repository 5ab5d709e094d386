import re

import httpx

from sessionward.demo.hazards.account_enumeration import HAZARD
from sessionward.demo.sample_people import ANA
from tests.demo.trial import Trial, make_trial, text_of

UNKNOWN = "nobody@example.org"
PASSWORDS = {"new_password": "a-password", "repeat_password": "a-password"}


def told(answer: httpx.Response, email: str) -> tuple[int, str]:
    """An answer without what differs from page to page by itself."""
    text = text_of(answer).replace(email, "")
    return answer.status_code, re.sub(r'value="[\w-]{20,}"', "", text)


async def shown(trial: Trial) -> bool:
    """Whether a page for visitors answers an address that has an account differently."""
    answers = []
    for email in (ANA.email, UNKNOWN):
        guest = trial.guest()
        joining = {"name": "Somebody", "email": email, "tenant": "north"} | PASSWORDS
        sent = [
            await guest.submit("/reset", {"email": email}),
            await guest.submit("/register", joining),
            await guest.submit("/login", {"username": email, "password": "wrong"}),
        ]
        answers.append([told(answer, email) for answer in sent])
    return answers[0] != answers[1]


async def test_a_known_address_is_answered_like_any_other() -> None:
    assert not await shown(make_trial())


async def test_a_known_address_is_told() -> None:
    assert await shown(make_trial(HAZARD))

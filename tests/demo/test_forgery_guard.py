import pytest

from sessionward.demo.forgery_guard import MOST_FIELDS
from sessionward.demo.protections import Protections
from sessionward.demo.sample_people import ANA
from tests.demo.trial import BY_HAND, HOST, NEW_PASSWORD, Guest, Trial, make_trial

FORMS = {
    "/profile": {"name": "Changed"},
    "/email": {"email": "changed@example.org", "current_password": ANA.password},
    "/password": {
        "current_password": ANA.password,
        "new_password": NEW_PASSWORD,
        "repeat_password": NEW_PASSWORD,
    },
    "/logout": {},
}


@pytest.fixture(params=[Protections(), BY_HAND], ids=["by the layer", "by hand"])
def trial(request: pytest.FixtureRequest) -> Trial:
    return make_trial(protections=request.param)


async def logged_in(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in()
    return guest


async def state(trial: Trial, guest: Guest) -> tuple[str, bool]:
    """What the forms could change: the details, and whether the old password logs in."""
    return (await guest.get("/api/me")).text, (await trial.guest().log_in()).status_code == 303


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("sent", [None, "", "made-up", "å"])
async def test_a_form_without_the_sessions_own_token_changes_nothing(
    trial: Trial, path: str, sent: str | None
) -> None:
    guest = await logged_in(trial)
    before = await state(trial, guest)
    answer = await guest.post(path, FORMS[path] | ({} if sent is None else {"forgery_token": sent}))
    assert answer.status_code == 403
    assert await state(trial, guest) == before


@pytest.mark.parametrize("path", FORMS)
async def test_the_token_of_another_session_is_refused(path: str) -> None:
    trial = make_trial(protections=BY_HAND)
    guest, other = await logged_in(trial), await logged_in(trial)
    proof = await other.forgery_token("/profile")
    assert (await guest.post(path, FORMS[path] | {"forgery_token": proof}, guest.own)).status_code == 403


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.test", "null", f"https://{HOST}:8080", "", f"https://{HOST}@x"]
)
async def test_the_right_token_from_another_origin_is_refused(trial: Trial, origin: str) -> None:
    guest = await logged_in(trial)
    fields = FORMS["/profile"] | {"forgery_token": await guest.forgery_token("/profile")}
    assert (await guest.post("/profile", fields, {"origin": origin})).status_code == 403
    assert (await guest.post("/profile", fields, {"origin": f"https://{HOST}"})).status_code == 303


@pytest.mark.parametrize("path", ["/profile", "/login"])
async def test_files_and_more_fields_than_any_form_has_are_refused(trial: Trial, path: str) -> None:
    guest = await logged_in(trial)
    filed = await guest.http.post(path, data={"name": "x"}, files={"forgery_token": b"x"}, headers=guest.own)
    padded = await guest.post(path, {f"field-{number}": "x" for number in range(MOST_FIELDS + 1)}, guest.own)
    assert [filed.status_code, padded.status_code] == [400, 400]


async def test_logging_out_from_elsewhere_when_the_session_is_over_keeps_the_remembered_login(
    trial: Trial,
) -> None:
    guest = trial.guest()
    await guest.log_in(remember=True)
    trial.clock.now += 3600
    answer = await guest.post("/logout", {}, {"origin": "https://elsewhere.test"})
    assert answer.status_code == 403 or answer.headers["location"] == "/"
    assert await guest.sees()


async def test_a_form_that_was_exempted_is_taken_from_anywhere_and_no_other() -> None:
    trial = make_trial(protections=Protections(unguarded_forms=frozenset({"/messages"})))
    guest = await logged_in(trial)
    elsewhere = {"origin": "https://elsewhere.test"}
    assert (await guest.post("/messages", {"to": "ida", "text": "Hello"}, elsewhere)).status_code == 303
    assert (await guest.post("/history", {"sleep": "badly"}, elsewhere)).status_code == 403

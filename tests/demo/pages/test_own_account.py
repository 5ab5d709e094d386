import pytest

from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import NEW_PASSWORD, Guest, Trial, make_trial

DETAILS = {"name": "Ana Berg", "phone": "+46 8 1", "address": "Elsewhere 1", "emergency_contact": "Ola, 112"}


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.fixture
async def guest(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in()
    return guest


def passwords(current: str, new: str, repeat: str) -> dict[str, str]:
    return {"current_password": current, "new_password": new, "repeat_password": repeat}


async def test_the_profile_shows_what_is_known(guest: Guest) -> None:
    text = (await guest.get("/profile")).text
    assert all(
        known in text for known in (ANA.name, ANA.email, ANA.phone, ANA.address, ANA.emergency_contact)
    )


async def test_changed_details_are_shown_wherever_they_stand(guest: Guest) -> None:
    assert (await guest.submit("/profile", DETAILS)).headers["location"] == "/profile"
    me = (await guest.get("/api/me")).json()
    assert {name: me[name] for name in DETAILS} == DETAILS
    assert DETAILS["phone"] in (await guest.get("/records/rec-7f3a/print")).text


@pytest.mark.parametrize("name,value", [("name", "  "), ("name", "x" * 201), ("address", "x" * 201)])
async def test_details_that_do_not_fit_change_nothing(guest: Guest, name: str, value: str) -> None:
    answer = await guest.submit("/profile", DETAILS | {name: value})
    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text
    assert (await guest.get("/api/me")).json()["name"] == ANA.name


async def test_a_new_login_name_needs_the_password(trial: Trial, guest: Guest) -> None:
    wrong = await guest.submit("/email", {"email": "new@example.org", "current_password": "wrong"})
    assert wrong.status_code == 422
    right = await guest.submit("/email", {"email": "new@example.org", "current_password": ANA.password})
    assert right.status_code == 303
    assert (await trial.guest().log_in()).status_code == 422
    fields = {"username": "new@example.org", "password": ANA.password}
    assert (await trial.guest().submit("/login", fields)).status_code == 303


async def test_a_new_login_name_ends_the_sessions_on_other_devices(trial: Trial, guest: Guest) -> None:
    other = trial.guest()
    await other.log_in(remember=True)
    await guest.submit("/email", {"email": "new@example.org", "current_password": ANA.password})
    assert await guest.sees()
    assert not await other.sees()


@pytest.mark.parametrize("email", [BEN.email, BEN.email.upper(), "", "no-address", "a@b@c", "x" * 200 + "@y"])
async def test_a_login_name_that_cannot_be_used_changes_nothing(guest: Guest, email: str) -> None:
    answer = await guest.submit("/email", {"email": email, "current_password": ANA.password})
    assert answer.status_code == 422
    assert (await guest.get("/api/me")).json()["email"] == ANA.email


@pytest.mark.parametrize(
    "field,fields",
    [
        ("current_password", passwords("wrong", NEW_PASSWORD, NEW_PASSWORD)),
        ("current_password", passwords("", NEW_PASSWORD, NEW_PASSWORD)),
        ("current_password", passwords(BEN.password, NEW_PASSWORD, NEW_PASSWORD)),
        ("new_password", passwords(ANA.password, "short", "short")),
        ("new_password", passwords(ANA.password, "x" * 257, "x" * 257)),
        ("repeat_password", passwords(ANA.password, NEW_PASSWORD, NEW_PASSWORD + "x")),
    ],
)
async def test_a_password_change_with_a_mistake_changes_nothing(
    trial: Trial, guest: Guest, field: str, fields: dict[str, str]
) -> None:
    other = trial.guest()
    await other.log_in()
    answer = await guest.submit("/password", fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert await other.sees()
    assert (await trial.guest().log_in()).status_code == 303


async def test_a_password_may_begin_and_end_with_a_blank(trial: Trial, guest: Guest) -> None:
    await guest.change_password(new=" a blank password ")
    assert (await trial.guest().log_in(password=" a blank password ")).status_code == 303
    assert (await trial.guest().log_in(password="a blank password")).status_code == 422


async def test_guessing_the_current_password_is_throttled_and_does_not_throttle_the_login(
    trial: Trial, guest: Guest
) -> None:
    for _ in range(5):
        await guest.change_password(current="wrong")
    refused = await guest.change_password()
    assert "Too many wrong passwords" in refused.text
    assert (await trial.guest().log_in()).status_code == 303
    trial.clock.now += 1
    assert (await guest.change_password()).status_code == 303

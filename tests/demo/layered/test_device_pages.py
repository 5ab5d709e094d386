import re

import pytest

from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import Guest, Trial, make_trial

REMOVING = re.compile(r'action="(/devices/[^"/]+/remove)"')
WINDOWS = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}


@pytest.fixture
def trial() -> Trial:
    return make_trial()


async def two_devices(trial: Trial) -> tuple[Guest, Guest]:
    here, other = trial.guest(), trial.guest()
    other.http.headers.update(WINDOWS)
    await other.log_in(remember=True)
    await here.log_in()
    return here, other


async def test_the_page_lists_the_own_devices_and_nobody_elses(trial: Trial) -> None:
    here, _ = await two_devices(trial)
    await trial.guest().log_in(BEN)
    text = (await here.get("/devices")).text
    assert text.count('<li class="card">') == 2
    assert text.index("this device") < text.index("Firefox on Windows")
    assert len(REMOVING.findall(text)) == 1
    assert "/devices" in await here.links("/profile")


@pytest.mark.parametrize("way", ["remove", "report"])
async def test_a_device_that_is_removed_is_logged_out_and_not_remembered(trial: Trial, way: str) -> None:
    here, other = await two_devices(trial)
    script_token = await other.api_token()
    (path,) = REMOVING.findall((await here.get("/devices")).text)
    answer = await here.submit(path.replace("remove", way), {}, form="/devices")
    assert answer.headers["location"] == "/devices"
    assert "That device is logged out" in (await here.get("/devices")).text
    assert not await other.sees()
    assert not await trial.shows_by_bearer(script_token, "/api/me")
    assert await here.sees()
    assert (await here.submit(path, {}, form="/devices")).status_code == 404


async def test_another_accounts_device_is_as_unknown_as_none(trial: Trial) -> None:
    here, other = await two_devices(trial)
    (path,) = REMOVING.findall((await here.get("/devices")).text)
    ben = trial.guest()
    await ben.log_in(BEN)
    assert (await ben.submit(path, {}, form="/devices")).status_code == 404
    assert await other.sees()


async def test_logging_out_everywhere_leaves_no_way_in(trial: Trial) -> None:
    here, other = await two_devices(trial)
    ben = trial.guest()
    await ben.log_in(BEN)
    answer = await here.submit("/devices/logout-everywhere", {}, form="/devices")
    assert answer.headers["location"] == "/goodbye"
    assert [await guest.sees(ANA) for guest in (here, other)] == [False, False]
    assert "You logged out on all your devices." in (await other.get("/login")).text
    assert await ben.sees(BEN)


@pytest.mark.parametrize("path", ["/devices/logout-everywhere", "/devices/x/remove", "/devices/x/report"])
async def test_no_other_site_logs_a_device_out(trial: Trial, path: str) -> None:
    here, _ = await two_devices(trial)
    assert (await here.post(path, {}, {"origin": "https://elsewhere.test"})).status_code == 403
    assert await here.sees()

import pytest

from sessionward.demo.hazard import Hazard
from sessionward.demo.hazards import HAZARDS
from sessionward.demo.protections import Protections
from tests.demo.trial import BY_HAND, make_settings, make_trial

ON_THE_LAYER = {
    "absolute-timeout-missing",
    "account-enumeration",
    "concurrent-sessions-unlimited",
    "credential-change-without-reauthentication",
    "document-link-without-session",
    "hsts-missing",
    "idle-timeout-client-only",
    "idle-timeout-missing",
    "login-csrf",
    "login-not-throttled",
    "logout-forgeable",
    "logout-hard-to-find",
    "other-tenant-reachable",
    "other-users-record-readable",
    "private-data-without-session",
    "private-page-cacheable",
    "remember-me-survives-logout",
    "remember-me-survives-password-change",
    "role-boundary-crossed",
    "state-change-by-get",
    "storage-left-after-logout",
}
"""Hazards that leave the sessions to the session layer: what is wrong is the app's own, or how it set the layer up."""


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
def test_sessions_are_by_hand_where_a_hazard_replaces_them_and_nowhere_else(hazard: Hazard) -> None:
    by_hand = hazard.apply(make_settings()).protections.keeps_sessions_by_hand
    assert by_hand is (hazard.id not in ON_THE_LAYER)


async def test_a_clinic_that_keeps_its_sessions_by_hand_shows_who_is_logged_in() -> None:
    assert BY_HAND.keeps_sessions_by_hand
    assert not Protections().keeps_sessions_by_hand
    trial = make_trial(protections=BY_HAND)
    guest = trial.guest()
    await guest.log_in()
    assert await guest.sees()
    assert not await trial.guest().sees()


@pytest.mark.parametrize(
    "path", ["/devices", "/export", "/session/script.js", "/patients/ana/prescribe/sign"]
)
async def test_what_the_layer_gives_is_not_there_by_hand_and_no_page_speaks_of_it(path: str) -> None:
    guest = make_trial(protections=BY_HAND).guest()
    await guest.log_in()
    assert (await guest.get(path)).status_code == 404
    offered = await guest.links("/profile") | await guest.links("/records")
    assert path not in offered
    assert "/session/script.js" not in (await guest.get("/profile")).text

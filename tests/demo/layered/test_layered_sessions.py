from pathlib import Path

import pytest

from sessionward.cli.main import main
from tests.demo.trial import make_trial


async def test_a_page_has_the_headers_of_the_session_layer_and_each_of_its_scripts_the_nonce() -> None:
    guest = make_trial().guest()
    await guest.log_in()
    answer = await guest.get("/overview")
    directives = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    nonce = directives["script-src"].split("'")[1].removeprefix("nonce-")
    assert answer.text.count("<script ") == answer.text.count(f'nonce="{nonce}"') > 1
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_two_apps_share_no_session() -> None:
    trial, other = make_trial(), make_trial()
    guest = trial.guest()
    await guest.log_in()
    assert await guest.sees()
    assert not await other.guest(session=guest.token).sees()


async def test_a_logout_has_the_browser_forget_what_the_site_stored() -> None:
    guest = make_trial().guest()
    await guest.log_in()
    answer = await guest.submit("/logout", {}, form="/profile")
    assert answer.headers["clear-site-data"] == '"storage"'


async def test_the_trail_on_disk_is_verified_while_the_clinic_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "demo.db"
    guest = make_trial(store=store).guest()
    await guest.log_in()
    await guest.log_out()
    assert main(["trail", "verify", "--store", f"sqlite:///{store}", "--tenant", "north"]) == 0
    await guest.log_in()
    assert await guest.sees()
    assert main(["trail", "tail", "--store", f"sqlite:///{store}", "--tenant", "north"]) == 0
    told = capsys.readouterr().out
    assert "session created" in told
    assert guest.token
    assert guest.token not in told

import argparse
from pathlib import Path

import pytest

from sessionward.audit.check import Severity
from sessionward.audit.checks import CHECKS
from sessionward.audit.config import ConfigError
from sessionward.audit.report import Earlier
from sessionward.audit.settings import Settings
from sessionward.cli import audit
from sessionward.cli.audit import chosen, settings_of
from sessionward.cli.exits import Exit, UsageError
from sessionward.cli.main import main, parser
from tests.audit.perform.fake_app import START
from tests.cli.fake_browser import CONFIG, written


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BEN_PASSWORD", "Ben-1-secret")


def options(*arguments: str) -> argparse.Namespace:
    return parser().parse_args(["audit", *arguments])


def test_configuration_and_options_become_one(tmp_path: Path) -> None:
    path = written(tmp_path)
    found = settings_of(
        options(
            "--config", str(path), "--wait", "2m", "--budget", "1h", "--seed", "7", "--plan", "--out", "x"
        )
    )
    assert (found.wait, found.budget, found.seed, found.plan, found.out) == (120, 3600, 7, True, Path("x"))
    assert found.config.target.url == START
    assert found.config.account[1].password == "Ben-1-secret"
    assert found.source == path
    assert found.checks == CHECKS
    assert found.mails is None


def test_the_usual_configuration_is_read_where_it_is_there(tmp_path: Path) -> None:
    written(tmp_path).rename(tmp_path / "sessionward.toml")
    assert settings_of(options()).config.target.url == START


def test_without_a_configuration_the_address_alone_is_known() -> None:
    found = settings_of(options("http://127.0.0.1:8000/"))
    assert (found.config.target.url, found.config.account, found.source) == (
        "http://127.0.0.1:8000/",
        (),
        None,
    )


def test_a_profile_on_the_command_line_wins(tmp_path: Path) -> None:
    path = written(tmp_path, f'{CONFIG}[policy]\nprofile = "patient-portal"\n')
    found = settings_of(options("--config", str(path), "--profile", "clinical-workstation"))
    assert found.policy.profile == "clinical-workstation"


def test_mails_are_looked_for_beside_the_configuration(tmp_path: Path) -> None:
    path = written(tmp_path, f'{CONFIG}[mailbox]\ndirectory = "outbox"\n')
    assert settings_of(options("--config", str(path))).mails == tmp_path / "outbox"


@pytest.mark.parametrize("arguments", [("--wait", "soon"), ("--budget", "1 fortnight"), ("--profile", "spa")])
def test_an_option_that_makes_no_sense_is_told(tmp_path: Path, arguments: tuple[str, str]) -> None:
    with pytest.raises(ConfigError):
        settings_of(options("--config", str(written(tmp_path)), *arguments))


@pytest.mark.parametrize("budget", ["0", "60s", "1m"])
def test_a_budget_that_leaves_no_time_for_the_wait_is_told(tmp_path: Path, budget: str) -> None:
    with pytest.raises(UsageError, match=f"--wait of 60s does not fit into a --budget of {budget}"):
        settings_of(options("--config", str(written(tmp_path)), "--wait", "60s", "--budget", budget))


def test_a_named_configuration_that_is_missing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--config", "gone.toml"]) == 2
    assert "There is no configuration file gone.toml" in capsys.readouterr().err


def test_checks_are_chosen_by_name_and_by_persona() -> None:
    names = [CHECKS[0].id, CHECKS[-1].id]
    assert [check.id for check in chosen(", ".join(names), "")] == names
    persona = CHECKS[0].personas[0]
    assert all(persona in check.personas for check in chosen("", persona))
    assert chosen("", "") == CHECKS


@pytest.mark.parametrize("names,personas", [("no-such", ""), ("", "nobody")])
def test_a_name_that_is_none_is_told_with_all_that_are(names: str, personas: str) -> None:
    with pytest.raises(UsageError, match=r"there is no .* are "):
        chosen(names, personas)


def test_checks_and_personas_that_leave_nothing_are_told() -> None:
    others = {persona for check in CHECKS for persona in check.personas} - set(CHECKS[0].personas)
    with pytest.raises(UsageError, match="no check is left"):
        chosen(CHECKS[0].id, min(others))


def test_the_audit_is_carried_out_with_what_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[Settings, Severity, Earlier]] = []

    def carry_out(settings: Settings, *, fail_on: Severity, known: Earlier) -> Exit:
        given.append((settings, fail_on, known))
        return Exit.FINDINGS

    monkeypatch.setattr(audit, "carry_out", carry_out)
    (tmp_path / "old.json").write_text(
        '{"outcomes": [{"check": "a", "outcome": "failed", "confidence": "confirmed"}]}'
    )
    path = written(tmp_path)
    assert main(["audit", "--config", str(path), "--fail-on", "low", "--baseline", "old.json"]) == 1
    ((settings, fail_on, known),) = given
    assert settings.config.target.url == START
    assert (fail_on, known) == (Severity.LOW, Earlier(confirmed={"a": frozenset()}, given=True))

from pathlib import Path

import pytest

from sessionward.audit.conduct.restoring import Restorer
from sessionward.audit.config import Account, Config, ConfigError, Login, Mailbox, Target
from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.journal import Journal
from tests.audit.conduct.samples import config
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.fake_driver import FakeDriver

BARE = Config(target=Target(url=START, authorised=True))


def left_changed(path: Path, *, name: str = "ana", steps: int = 2) -> tuple[FakeApp, Journal]:
    """An app whose password was changed so often when the audit was killed, and what its journal says."""
    app, journal = FakeApp(), Journal(path)
    journal_of(journal, app, name, steps)
    return app, Journal(path)


def journal_of(journal: Journal, app: FakeApp, name: str, steps: int) -> None:
    for number in range(steps):
        was, now = app.passwords[name], f"changed-{name}-{number}"
        journal.plan("password", name, {"username": name, "was": was, "now": now})
        app.passwords[name] = now


async def restored(
    app: FakeApp, journal: Journal, known: Config = BARE, base: Path = Path()
) -> tuple[tuple[str, ...], list[str], FakeDriver]:
    driver, said = FakeDriver(app), list[str]()
    problems = await Restorer(driver, journal, known, base=base).run(said.append)
    return problems, said, driver


async def test_the_original_password_is_set_back_and_the_journal_emptied(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    problems, said, driver = await restored(app, journal)
    assert problems == ()
    assert said == ["Setting back what was changed of ana …", "The account ana is as before."]
    assert app.passwords["ana"] == "Ana-1-secret"
    assert Journal(tmp_path).pending == ()
    assert driver.living == []
    assert app.sessions == {}


async def test_a_change_that_was_planned_and_never_made_needs_none(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path, steps=1)
    app.passwords["ana"] = "Ana-1-secret"
    problems, _, _ = await restored(app, journal)
    assert problems == ()
    assert "POST /password" not in app.asked
    assert Journal(tmp_path).pending == ()


async def test_of_two_planned_changes_the_second_need_not_have_been_made(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    app.passwords["ana"] = "changed-ana-0"
    assert (await restored(app, journal))[0] == ()
    assert app.passwords["ana"] == "Ana-1-secret"


async def test_an_account_that_cannot_be_opened_is_told_and_stays_in_the_journal(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    app.passwords["ana"] = "set by somebody else"
    (problem,), _, driver = await restored(app, journal)
    assert problem.startswith(
        "The account ana could not be set back: none of the passwords in the journal opens"
    )
    assert len(Journal(tmp_path).pending) == 2
    assert driver.living == []


async def test_an_app_that_refuses_the_original_password_is_told(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    app.history, app.former = 24, {"ana": ["Ana-1-secret"]}
    (problem,), _, _ = await restored(app, journal)
    assert "not changed" in problem
    latest, *_, oldest = Journal(tmp_path).pending
    assert latest.undo["now"] == app.passwords["ana"]
    assert latest.undo["was"] == oldest.undo["was"] == "Ana-1-secret"


async def test_an_app_that_remembers_a_few_former_passwords_takes_the_original_back_in_the_end(
    tmp_path: Path,
) -> None:
    app, journal = left_changed(tmp_path)
    app.history, app.former = 3, {"ana": ["Ana-1-secret"]}
    problems, _, _ = await restored(app, journal)
    assert problems == ()
    assert app.passwords["ana"] == "Ana-1-secret"
    assert Journal(tmp_path).pending == ()


async def test_one_account_that_fails_does_not_stop_the_other(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    journal_of(journal, app, "ben", 1)
    app.passwords["ben"] = "set by somebody else"
    problems, said, _ = await restored(app, journal)
    assert len(problems) == 1
    assert "account ben" in problems[0]
    assert said[-1] == "The account ana is as before."
    assert app.passwords["ana"] == "Ana-1-secret"


async def test_a_browser_that_fails_for_one_account_does_not_stop_the_other(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    journal_of(journal, app, "ben", 1)
    driver = FakeDriver(app)
    driver.faults["open"] = [DriverError("no more browsers")]
    problems = await Restorer(driver, journal, BARE, base=tmp_path).run(lambda text: None)
    assert problems == ("The account ben could not be set back: no more browsers.",)
    assert app.passwords["ana"] == "Ana-1-secret"


async def test_an_app_that_does_not_answer_ends_it(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    app.down = True
    with pytest.raises(TargetUnreachable):
        await restored(app, journal)
    assert len(Journal(tmp_path).pending) == 2


async def test_an_app_without_a_login_form_is_told(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    app.door = "closed"
    (problem,), _, driver = await restored(app, journal)
    assert "could not be set back" in problem
    assert driver.living == []


async def test_what_is_told_shows_no_password(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    app.words = ("Wrong password changed-ana-1 or Ana-1-secret.",)
    app.passwords["ana"] = "set by somebody else"
    (problem,), _, _ = await restored(app, journal)
    assert "‹password›" in problem
    assert "changed-ana" not in problem
    assert "Ana-1-secret" not in problem


async def test_second_factors_come_from_the_configuration(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    account = Account(name="ana", username="ana", password="old", totp="JBSWY3DPEHPK3PXP")
    known = Config(target=Target(url=START), account=(account,))
    person = Restorer(FakeDriver(app), journal, known, base=tmp_path)._person(journal.pending)  # noqa: SLF001
    assert (person.totp, person.password) == ("JBSWY3DPEHPK3PXP", "Ana-1-secret")
    assert person.code is not None


async def test_codes_by_mail_come_from_the_configured_mailbox(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    known = Config(target=Target(url=START), account=config().account, mailbox=Mailbox(directory="outbox"))
    person = Restorer(FakeDriver(app), journal, known, base=tmp_path)._person(journal.pending)  # noqa: SLF001
    assert person.code is not None


def test_a_login_script_that_is_gone_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    app, journal = left_changed(tmp_path)
    known = Config(target=Target(url=START), login=Login(script="login.py"))
    with pytest.raises(ConfigError, match=r"login\.py"):
        Restorer(FakeDriver(app), journal, known, base=tmp_path)

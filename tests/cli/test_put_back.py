from pathlib import Path

import pytest

from sessionward.audit.config import ConfigError
from sessionward.audit.journal import NAME, Journal
from sessionward.cli.put_back import configured, put_back, source_of
from tests.audit.perform.fake_app import START, FakeApp
from tests.cli.fake_browser import Opened, instead_of_a_browser, written

UNDO = {"username": "ana", "was": "Ana-1-secret", "now": "changed"}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    monkeypatch.setenv("BEN_PASSWORD", "x")
    return instead_of_a_browser(
        monkeypatch, "put_back", FakeApp(passwords={"ana": "changed", "ben": "Ben-1-secret"})
    )


def journal(path: Path, **about: str) -> Journal:
    one = Journal(path, about={"url": START, **about})
    one.plan("password", "ana", UNDO)
    return Journal(path)


async def test_what_a_killed_audit_left_changed_is_put_back(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await put_back(journal(tmp_path), None, headed=True) == ()
    assert opened.app.passwords["ana"] == "Ana-1-secret"
    assert not (tmp_path / NAME).exists()
    assert "The account ana is as before." in capsys.readouterr().err
    assert [(headed, tls) for _, headed, tls in opened.asked] == [(True, True)]


async def test_with_nothing_to_put_back_no_browser_opens(tmp_path: Path, opened: Opened) -> None:
    one = Journal(tmp_path)
    one.restored(one.plan("password", "ana", UNDO))
    assert await put_back(Journal(tmp_path), None, headed=False) == ()
    assert opened.asked == []
    assert not (tmp_path / NAME).exists()


async def test_what_could_not_be_put_back_stays_on_disk(tmp_path: Path, opened: Opened) -> None:
    opened.app.passwords["ana"] = "set by somebody else"
    (problem,) = await put_back(journal(tmp_path), None, headed=False)
    assert "ana" in problem
    assert Journal(tmp_path).pending


async def test_the_configuration_of_the_audit_is_used_again(tmp_path: Path, opened: Opened) -> None:
    path = written(tmp_path)
    await put_back(journal(tmp_path, config=str(path)), None, headed=False)
    assert [tls for _, _, tls in opened.asked] == [False]


def test_a_configuration_that_is_gone_is_done_without(tmp_path: Path) -> None:
    one = journal(tmp_path, config=str(tmp_path / "gone.toml"), verify_tls="false")
    assert source_of(one) is None
    target = configured(one, None).target
    assert (target.url, target.authorised, target.verify_tls) == (START, True, False)


def test_the_address_is_that_of_the_audit_whatever_the_configuration_says(
    tmp_path: Path, opened: Opened
) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text().replace(START, "http://other.test/"))
    assert configured(journal(tmp_path), path).target.url == START


async def test_a_broken_configuration_is_told_before_a_browser_opens(tmp_path: Path, opened: Opened) -> None:
    with pytest.raises(ConfigError, match="TOML"):
        await put_back(journal(tmp_path), written(tmp_path, "[["), headed=False)
    assert opened.asked == []

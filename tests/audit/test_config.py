from pathlib import Path

import pytest

from sessionward.audit.config import ConfigError, is_loopback, parse_config, read_config, seconds

GOOD = """
[target]
url = "http://127.0.0.1:8000"
exclude = ["/delete-account"]
[[account]]
name = "ana"
username = "ana@example.org"
password = "env:ANA_PASSWORD"
role = "patient"
[[account]]
name = "ben"
username = "ben@example.org"
password = "hunter2"
[policy]
inactivity_timeout = "15m"
"""


def test_a_good_file_is_read_and_secrets_come_from_the_environment() -> None:
    config = parse_config(GOOD, where="x.toml", environ={"ANA_PASSWORD": "s3cret"})
    assert [account.password for account in config.account] == ["s3cret", "hunter2"]
    assert config.target.exclude == ("/delete-account",)


def test_the_address_of_the_command_line_wins() -> None:
    config = parse_config(GOOD, where="x.toml", url="http://localhost:9/", environ={"ANA_PASSWORD": "s"})
    assert config.target.url == "http://localhost:9/"


def test_an_account_never_prints_its_secrets() -> None:
    config = parse_config(GOOD, where="x.toml", environ={"ANA_PASSWORD": "s3cret"})
    assert "s3cret" not in repr(config)
    assert "hunter2" not in repr(config)


HERE = '[target]\nurl = "http://localhost"\n'


@pytest.mark.parametrize(
    "text, says",
    [
        ("[target", "no valid TOML"),
        ("[target]\nurl = 7", "x.toml"),
        ('[targe]\nurl = "http://127.0.0.1"', "targe"),
        ("", "No target"),
        ('[target]\nurl = "127.0.0.1:80"', "is no web address"),
        ('[target]\nurl = "https://portal.example"', "authorised = true"),
        ('[target]\nurl = "http://127.0.0.1:99999"', "is no web address"),
        ('[target]\nurl = "http://127.0.0.1:0/"', "is no web address"),
        ('[target]\nurl = "http://[::1/"', "is no web address"),
        (GOOD, r"\$ANA_PASSWORD, which is not set"),
        (GOOD.replace('"ben"', '"ana"').replace("env:", ""), "one name"),
        (GOOD.replace("ben@", "ana@").replace("env:", ""), "one username"),
        (GOOD.replace("hunter2", "").replace("env:", ""), "the password of account ben is empty"),
        ('[target]\nurl = "http://localhost"\n[mailbox]', "needs either a directory"),
        (f'{HERE}[mailbox]\nlisten = ":2525"\ndirectory = "outbox"', "needs either a directory"),
        (f'{HERE}[mailbox]\nlisten = "127.0.0.1"', "is no address; write it as 127.0.0.1:2525"),
        (f'{HERE}[mailbox]\nlisten = "127.0.0.1:70000"', "is no address"),
        ('[target]\nurl = "http://127.0.0.1.portal.example"', "authorised = true"),
    ],
)
def test_each_mistake_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as told:
        parse_config(text, where="x.toml")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "listen, address",
    [("127.0.0.1:2525", ("127.0.0.1", 2525)), (":25", ("127.0.0.1", 25)), ("[::1]:2525", ("::1", 2525))],
)
def test_where_to_listen_for_mails_is_a_host_and_a_port(listen: str, address: tuple[str, int]) -> None:
    mailbox = parse_config(f'{HERE}[mailbox]\nlisten = "{listen}"', where="x.toml").mailbox
    assert mailbox is not None
    assert mailbox.address == address


def test_a_missing_file_is_told_with_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no configuration file"):
        read_config(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "text, value", [("90", 90), ("60s", 60), ("15m", 900), ("1.5h", 5400), (" 2 d ", 172800)]
)
def test_durations_are_read_in_seconds(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "soon", "-5s", "5 fortnights"])
def test_what_is_no_duration_is_told(text: str) -> None:
    with pytest.raises(ConfigError, match="is no duration"):
        seconds(text, where="--wait")


def test_loopback_is_this_machine_only() -> None:
    assert [
        is_loopback(h) for h in ("127.0.0.9", "localhost", "::1", "app.localhost", "10.0.0.1", "x.org")
    ] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]

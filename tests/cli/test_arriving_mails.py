from pathlib import Path

from sessionward.audit.config import Config, parse_config
from sessionward.cli.arriving_mails import arriving_mails
from tests.audit.test_mail import free_port

HERE = '[target]\nurl = "http://localhost"\n[mailbox]\n'


async def test_a_directory_is_meant_from_where_the_configuration_is(tmp_path: Path) -> None:
    config = parse_config(f'{HERE}directory = "outbox"', where="x.toml")
    async with arriving_mails(config, tmp_path) as mails:
        assert mails == tmp_path / "outbox"


async def test_without_a_mailbox_there_are_no_mails(tmp_path: Path) -> None:
    async with arriving_mails(Config(), tmp_path) as mails:
        assert mails is None


async def test_a_mail_server_of_ours_has_a_directory_of_its_own(tmp_path: Path) -> None:
    config = parse_config(f'{HERE}listen = "127.0.0.1:{free_port()}"', where="x.toml")
    async with arriving_mails(config, tmp_path) as mails:
        assert mails is not None
        assert mails.is_dir()
    assert not mails.exists()

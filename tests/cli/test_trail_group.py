import pytest

from sessionward.cli.main import main
from sessionward.cli.trail_group import COMMANDS


@pytest.mark.parametrize("name", ["verify", "anchor", "export", "tail"])
def test_every_command_on_trails_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(COMMANDS) == 4
    with pytest.raises(SystemExit) as end:
        main(["trail", name, "--help"])
    assert end.value.code == 0
    assert "--tenant" in capsys.readouterr().out

import pytest

from sessionward.cli.main import main
from tests.cli.trails import Trail


def test_an_anchor_is_printed_alone(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trail", "anchor", *trail.options]) == 0
    assert capsys.readouterr().out == f"{trail.anchor(5)}\n"


def test_the_next_anchor_needs_only_what_was_written_since(
    trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    trail.write(2)
    assert main(["trail", "anchor", *trail.options, "--since", trail.anchor(5)]) == 0
    assert capsys.readouterr().out == f"{trail.anchor(7)}\n"


def test_no_anchor_is_printed_where_the_one_before_is_not_held(
    trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trail", "anchor", *trail.options, "--since", "9:" + "0" * 64]) == 1
    assert "BROKEN at entry 9" in capsys.readouterr().out

import json
import stat
from pathlib import Path

import pytest

from sessionward.cli.main import main
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.syslog import from_json
from tests.cli.trails import Trail


def test_a_trail_is_exported_as_lines_of_json(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trail", "export", *trail.options]) == 0
    printed = capsys.readouterr()
    assert [from_json(line.encode(), "north") for line in printed.out.splitlines()] == trail.written
    assert f"5 entries handed on; anchor {trail.anchor(5)}" in printed.err


def test_an_export_goes_on_where_it_stopped(trail: Trail, tmp_path: Path) -> None:
    export, state = tmp_path / "trail.jsonl", tmp_path / "state.json"
    command = ["trail", "export", *trail.options, "--to", str(export), "--state", str(state)]
    assert main(command) == 0
    assert main(command) == 0
    trail.write(2)
    assert main(command) == 0
    lines = export.read_bytes().splitlines()
    assert [from_json(line, "north").position for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (export, state)} == {0o600}
    assert json.loads(state.read_text(encoding="utf-8")) == {"tenant": "north", "anchor": trail.anchor(7)}
    assert sorted(path.name for path in tmp_path.glob(".state*")) == []


def test_an_export_notices_that_the_trail_was_begun_anew(
    trail: Trail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    assert main(["trail", "export", *trail.options, "--state", str(state)]) == 0
    trail.tamper("DELETE FROM trail WHERE position > 2")
    assert main(["trail", "export", *trail.options, "--state", str(state)]) == 1
    assert "BROKEN at entry 5" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"tenant":"north","anchor":"5"}'])
def test_a_state_that_is_none_is_wrong_use(
    content: str, trail: Trail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    state.write_text(content, encoding="utf-8")
    assert main(["trail", "export", *trail.options, "--state", str(state)]) == 2
    assert "no state of an export" in capsys.readouterr().err


def test_the_state_of_another_tenant_is_wrong_use(
    trail: Trail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"tenant": "south", "anchor": trail.anchor(1)}), encoding="utf-8")
    assert main(["trail", "export", *trail.options, "--state", str(state)]) == 2
    assert "another tenant" in capsys.readouterr().err


def test_syslog_messages_in_a_file_stand_one_a_line(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    syslog = ["--format", "syslog", "--host", "app1", "--enterprise", "32473"]
    assert main(["trail", "export", *trail.options, *syslog]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[4].startswith(
        "<110>1 2027-01-15T08:00:04.000000Z app1 sessionward - session-created "
        '[sessionward@32473 position="5" tenant="north"] {'
    )


def test_an_entry_of_another_version_stops_syslog_alone(
    trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    store = SQLiteStore(trail.path)
    store.audit_append("north", b'{"what":"of a later version"}')
    store.close()
    assert main(["trail", "export", *trail.options, "--format", "syslog"]) == 3
    assert "entry 6 cannot be read" in capsys.readouterr().err
    assert main(["trail", "export", *trail.options]) == 0


@pytest.mark.parametrize(
    "options,words",
    [
        (["--to", "tcp://127.0.0.1"], "only syslog"),
        (["--state", "x", "--since", "1:" + "0" * 64], "not both"),
        (["--format", "syslog", "--host", "a b"], "host"),
        (["--state", "/no/such/folder/state.json"], "cannot be written"),
    ],
)
def test_options_that_make_no_sense_are_wrong_use(
    options: list[str], words: str, trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trail", "export", *trail.options, *options]) == 2
    assert words in capsys.readouterr().err


def test_a_place_that_cannot_be_written_ends_with_three(
    trail: Trail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trail", "export", *trail.options, "--to", str(tmp_path)]) == 3
    assert "did not take the entries" in capsys.readouterr().err

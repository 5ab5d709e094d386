from dataclasses import replace
from pathlib import Path

import pytest

from docs.truth import page
from tests.truth.records import Record, code_of, is_kept, keep, kept

CLEAN = Record(
    batch="sound",
    scheme="http",
    hazards=(),
    implied={},
    said={"a": ("passed", ""), "b": ("inapplicable", "")},
    seconds=61.6,
    requests=900,
)
FLAWED = replace(
    CLEAN,
    batch="some tokens",
    hazards=("a",),
    implied={"b": "it truly follows from it"},
    said={"a": ("failed", "confirmed"), "b": ("failed", "suspected"), "c": ("failed", "confirmed")},
)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    keep(FLAWED, tmp_path, "abc")
    keep(CLEAN, tmp_path, "abc")
    assert kept(tmp_path) == (replace(FLAWED, code="abc"), replace(CLEAN, code="abc"))


def test_a_batch_that_other_code_played_is_played_again(tmp_path: Path) -> None:
    keep(FLAWED, tmp_path, "abc")
    assert is_kept("some tokens", "http", tmp_path, "abc")
    assert not is_kept("some tokens", "https", tmp_path, "abc")
    assert not is_kept("some tokens", "http", tmp_path, "def")


def test_a_batch_that_did_not_hold_is_played_again(tmp_path: Path) -> None:
    keep(replace(FLAWED, held=False), tmp_path, "abc")
    assert not is_kept("some tokens", "http", tmp_path, "abc")


def test_a_file_that_is_no_record_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "sound-http.json").write_text("[]")
    with pytest.raises(ValueError, match=r"sound-http\.json is no record of a batch"):
        kept(tmp_path)


def test_the_page_tells_what_was_found_and_what_was_found_wrongly() -> None:
    written = page((CLEAN, FLAWED))
    assert "| http | 0 | 1 | 0 | 1 | 62 | 900 |" in written
    assert "| a | http | confirmed | some tokens | **c, wrongly**, b (declared) |" in written
    assert "Not played yet: sound by https, doors by http, doors by https" in written


def test_the_code_is_known_by_what_it_says(tmp_path: Path) -> None:
    for place in ("src/sessionward/audit", "src/sessionward/demo", "src/sessionward/http", "tests/truth"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "tests/truth/batches.py").write_text("one")
    before = code_of(tmp_path)
    assert code_of(tmp_path) == before
    (tmp_path / "src/sessionward/demo/app.py").write_text("changed")
    assert code_of(tmp_path) != before

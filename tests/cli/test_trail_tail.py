import pytest

from sessionward.cli.main import main
from sessionward.cli.trail_tail import as_text
from sessionward.session.result import AuditEntry
from sessionward.session.trail import Happening, TrailEvent
from tests.cli.trails import Trail


def test_the_latest_entries_are_shown_the_latest_last(
    trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trail", "tail", *trail.options, "--number", "2"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "4  2027-01-15 08:00:03+00:00  session created  ana3  handle h3, method totp",
        "5  2027-01-15 08:00:04+00:00  session created  ana4  handle h4, method totp",
    ]


def test_a_name_cannot_move_the_cursor_of_who_reads_it() -> None:
    told = TrailEvent(at=0.0, what=Happening.CREATED, subject="a\x1b[2Jb\nc\u202ed")
    line = as_text(AuditEntry(position=1, content=told.encode(), link=b""))
    assert line == "1  1970-01-01 00:00:00+00:00  session created  a?[2Jb?c?d"


def test_an_entry_about_all_of_a_tenant_names_nobody() -> None:
    told = TrailEvent(at=0.0, what=Happening.TENANT_ENDED, subject="", by="admin")
    line = as_text(AuditEntry(position=1, content=told.encode(), link=b""))
    assert line == "1  1970-01-01 00:00:00+00:00  all of the tenant ended  by admin"


@pytest.mark.parametrize("content", [b"x", b'{"at":1e300,"what":"ended","subject":"a"}'])
def test_an_entry_of_another_version_is_told_as_such(content: bytes) -> None:
    assert "cannot read" in as_text(AuditEntry(position=1, content=content, link=b""))

import pytest

from sessionward.audit.checks import CHECKS
from sessionward.cli.checks import explained
from sessionward.cli.main import main


def test_all_checks_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [check.id for check in CHECKS]
    assert all(check.severity in line for check, line in zip(CHECKS, lines, strict=True))


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_every_check_can_be_explained_with_its_standards(check: object) -> None:
    one = next(known for known in CHECKS if known is check)
    text = "\n".join(explained(one))
    for part in (one.title, one.why, one.proof, one.fix):
        assert part in text
    assert text.count("<https://") == len(one.requirements)


def test_one_check_is_explained_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks", CHECKS[0].id]) == 0
    assert CHECKS[0].fix in capsys.readouterr().out


def test_a_name_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks", "no-such"]) == 2
    assert "there is no check “no-such”" in capsys.readouterr().err

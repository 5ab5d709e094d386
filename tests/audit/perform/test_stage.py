from pathlib import Path

from sessionward.audit.perform.stage import PASSWORD_LENGTH
from tests.audit.perform.stages import person, world


def test_invented_passwords_are_new_each_time_and_of_four_classes(tmp_path: Path) -> None:
    stage = world(tmp_path).stage
    made = [stage.invent_password() for _ in range(20)]
    assert len(set(made)) == 20
    for password in made:
        assert len(password) == PASSWORD_LENGTH
        assert any(c.islower() for c in password)
        assert any(c.isupper() for c in password)
        assert any(c.isdigit() for c in password)
        assert any(not c.isalnum() for c in password)


def test_an_invented_password_is_redacted_from_the_start(tmp_path: Path) -> None:
    stage = world(tmp_path).stage
    password = stage.invent_password()
    assert stage.redactor(f"it is {password}") == "it is ‹password›"


def test_an_account_logs_in_with_its_present_password_unless_told_otherwise() -> None:
    ana = person("ana")
    assert ana.credentials().password == "Ana-1-secret"
    assert ana.credentials("other").password == "other"
    assert ana.credentials("").password == ""


def test_no_password_shows_in_a_repr(tmp_path: Path) -> None:
    assert "secret" not in repr(world(tmp_path).stage)

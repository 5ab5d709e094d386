from email import message_from_bytes
from pathlib import Path

from sessionward.demo.outbox import Outbox


def test_mails_are_files_in_the_order_in_which_they_were_sent(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "mails")
    sent = [outbox.send("ana@example.org", subject, "Text\n") for subject in ("First", "Second")]
    assert sorted((tmp_path / "mails").iterdir()) == sent
    mail = message_from_bytes(sent[0].read_bytes())
    assert (mail["To"], mail["Subject"], mail.get_payload()) == ("ana@example.org", "First", "Text\n")


def test_nobody_else_on_the_machine_reads_a_mail(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "mails")
    mail = outbox.send("ana@example.org", "Hello", "Text\n")
    assert mail.stat().st_mode & 0o077 == 0
    assert mail.parent.stat().st_mode & 0o077 == 0


def test_an_address_with_a_line_break_adds_no_header(tmp_path: Path) -> None:
    mail = Outbox(tmp_path).send("ana@example.org\nBcc: ben@example.org", "Hello", "Text\n")
    assert message_from_bytes(mail.read_bytes())["Bcc"] is None


def test_without_a_directory_mails_lie_in_one_that_goes_with_the_outbox() -> None:
    outbox = Outbox(None)
    directory = outbox.send("ana@example.org", "Hello", "Text\n").parent
    assert outbox.directory == directory
    assert directory.exists()
    del outbox
    assert not directory.exists()

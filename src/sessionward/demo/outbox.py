"""Where the clinic's mails go: a directory of .eml files, since nobody here has a mail server."""

import secrets
import shutil
import tempfile
import weakref
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from threading import Lock

SENDER = "Fjordview Clinic <no-reply@fjordview.example>"


class Outbox:
    """Mails as files that only this user can read, in the order in which they were sent."""

    def __init__(self, directory: Path | None) -> None:
        """Into `directory`, which is made where it is missing; without one, into a directory of its own for a while."""
        self._directory = directory
        self._sent = 0
        self._lock = Lock()

    @property
    def directory(self) -> Path:
        """Where the mails lie."""
        with self._lock:
            if self._directory is None:
                self._directory = Path(tempfile.mkdtemp(prefix="clinic-outbox-"))
                weakref.finalize(self, shutil.rmtree, self._directory, ignore_errors=True)
            self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._directory

    def send(self, to: str, subject: str, text: str) -> Path:
        """Write one mail. Whoever watches the directory sees it whole or not at all."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = SENDER, " ".join(to.split()), subject
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="fjordview.example")
        mail.set_content(text)
        directory = self.directory
        with self._lock:
            self._sent += 1
            name = f"{self._sent:05d}-{secrets.token_hex(4)}"
        unfinished, finished = directory / f".{name}.part", directory / f"{name}.eml"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(mail.as_bytes())
        return unfinished.rename(finished)

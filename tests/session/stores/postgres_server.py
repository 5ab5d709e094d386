"""A PostgreSQL server of the tests' own: made when it is first asked for, gone when the tests are over."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from sessionward.session.stores.postgres import PostgresStore

MISSING = "needs a PostgreSQL server: install the package postgresql (its initdb and pg_ctl are looked up)"
FAST = (
    "-c fsync=off -c full_page_writes=off -c listen_addresses='' -c max_connections=200 -c log_statement=none"
)
NUMBERS = count(1)


class Server:
    """A server that listens on a socket below `folder` and nowhere else; its superuser is `postgres`."""

    def __init__(self, folder: Path, programs: Path, *, standby_of: "Server | None" = None) -> None:
        self.folder = folder
        self._programs = programs
        self.user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        if self.user is not None:
            shutil.chown(folder, self.user)
        if standby_of is None:
            self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        else:
            source = ["-h", str(standby_of.folder), "-U", "postgres"]
            self._run("pg_basebackup", *source, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
        self.start()

    def start(self, options: str = "") -> None:
        command = f"{FAST} -k {self.folder} {options}"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", command, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def promote(self) -> None:
        """Make of a standby a primary."""
        self._run("pg_ctl", "-w", "promote")

    def address(self, *, user: str = "postgres", database: str = "postgres", password: str = "") -> str:
        who = f"{quote(user, safe='')}:{quote(password, safe='')}" if password else quote(user, safe="")
        return f"postgresql://{who}@/{database}?host={quote(str(self.folder), safe='')}"

    @contextmanager
    def session(self, *, user: str = "postgres", database: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection past the store, each statement a transaction unless one is begun."""
        with psycopg.connect(self.address(user=user, database=database), autocommit=True) as connection:
            yield connection

    def schema(self, *, grant_to: str | None = None) -> str:
        """The name of a fresh schema with the store's tables."""
        name = f"fresh {next(NUMBERS)}"
        PostgresStore.migrate(self.address(), schema=name, grant_to=grant_to)
        return name

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            user=self.user,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
        )


def started(*, standby_of: Server | None = None) -> Server:
    """A server of one's own, for tests that stop it."""
    programs = _programs()
    if programs is None:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    made = Server(folder, programs, standby_of=standby_of)
    atexit.register(_gone, made)
    return made


@cache
def server() -> Server:
    """The server that all tests of a run share."""
    return started()


def _gone(server: Server) -> None:
    if (server.folder / "data" / "postmaster.pid").exists():
        server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def _programs() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if (found := shutil.which("initdb")) is not None:
        folders = [Path(found).resolve().parent, *folders]
    usable = next((folder for folder in folders if (folder / "pg_ctl").exists()), None)
    if usable is None or (os.geteuid() == 0 and not _is_user("postgres")):
        return None
    return usable


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True

"""A pooler before the tests' PostgreSQL server, which hands out two connections, transaction by transaction."""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.session.stores.postgres_server import Server

MISSING = "needs pgbouncer: install the package of that name"
SETTINGS = """
[databases]
* = host={server} pool_size=2
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
server_reset_query_always = 1
server_reset_query = DISCARD ALL
log_connections = 0
log_disconnections = 0
log_stats = 0
"""


@cache
def pooled(server: Server) -> str:
    """The address of `server` by way of a pooler."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="pb"))
    (folder / "users").write_text('"postgres" ""\n', encoding="utf-8")
    (folder / "settings").write_text(SETTINGS.format(server=server.folder, folder=folder), encoding="utf-8")
    if server.user is not None:
        shutil.chown(folder, server.user)
    command = [program, str(folder / "settings")]
    process = subprocess.Popen(command, user=server.user, stderr=subprocess.PIPE, text=True)
    atexit.register(_gone, process, folder)
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        if "process up" in line:
            return f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}&port=6432"
        said.append(line)
    raise RuntimeError("".join(said))


def _gone(process: subprocess.Popen[str], folder: Path) -> None:
    process.terminate()
    process.communicate()
    shutil.rmtree(folder, ignore_errors=True)

import subprocess
import sys

from sessionward import postgres
from sessionward.session.stores.postgres import AsyncPostgresStore, PostgresStore


def test_the_short_names_are_those_of_the_stores() -> None:
    assert (postgres.PostgresStore, postgres.AsyncPostgresStore) == (PostgresStore, AsyncPostgresStore)


def test_apps_with_another_store_import_no_driver() -> None:
    script = "import sys; sys.modules['psycopg'] = None; import sessionward.asgi, sessionward.session.stores"
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": ":".join(sys.path)})

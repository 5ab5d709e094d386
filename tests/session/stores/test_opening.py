import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from sessionward.session.result import StoreError
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.opening import STORES, NotOpened, open_async_store, open_store
from sessionward.session.stores.postgres import AsyncPostgresStore, PostgresStore
from sessionward.session.stores.redis import AsyncRedisStore, RedisStore
from sessionward.session.stores.sqlite import SQLiteStore
from tests.session.stores.conformance import NOW, digest, record
from tests.session.stores.postgres_server import server
from tests.session.stores.redis_server import cluster, fresh
from tests.session.stores.redis_server import server as redis


def test_a_store_in_memory_and_one_in_a_file_are_opened(tmp_path: Path) -> None:
    assert isinstance(open_store("memory:"), MemoryStore)
    path = tmp_path / "with a space.db"
    store = open_store(f"sqlite:///{quote(str(path))}?patience=5")
    assert isinstance(store, SQLiteStore)
    assert path.exists()
    store.close()


def test_a_path_is_relative_unless_a_fourth_slash_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///here.db").close()
    assert (tmp_path / "here.db").exists()


async def test_a_blocking_store_is_awaited_where_it_runs(tmp_path: Path) -> None:
    store = open_async_store(f"sqlite:///{tmp_path}/sessions.db")
    assert isinstance(store, Direct)
    await store.create(record(), limit=None, now=NOW)
    assert await store.get(digest("h1")) is not None
    await store.close()


async def test_postgresql_is_opened_with_the_options_in_its_address() -> None:
    schema = server().schema()
    options = f"schema={quote(schema)}&connections=2&patience=1.5&transaction_pooling=true"
    address = f"{server().address()}&{options}&application_name=clinic"
    blocking = open_store(address)
    assert isinstance(blocking, PostgresStore)
    blocking.create(record(), limit=None, now=NOW)
    store = open_async_store(address)
    assert isinstance(store, AsyncPostgresStore)
    assert await store.get(digest("h1")) == blocking.get(digest("h1"))
    blocking.close()
    await store.close()


async def test_redis_is_opened_with_the_options_in_its_address() -> None:
    options = f"name={fresh()}&connections=2&patience=1.5&connecting=2"
    for address in (f"{redis().address}?{options}&db=1", f"{cluster().address}?{options}"):
        blocking = open_store(address)
        assert isinstance(blocking, RedisStore)
        blocking.create(record(), limit=None, now=NOW)
        store = open_async_store(address)
        assert isinstance(store, AsyncRedisStore)
        assert await store.get(digest("h1")) == blocking.get(digest("h1"))
        blocking.close()
        await store.close()


@pytest.mark.parametrize(
    "address", ["", "sessions.db", "mysql://root:hunter2@db/clinic", "sqlite:sessions.db", "sqlite://"]
)
def test_an_unknown_address_is_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(NotOpened, match="address of a") as refused:
        open_store(address)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "options,named",
    [
        ("patience=soon", "patience"),
        ("patience=-1", "patience"),
        ("transaction_pooling=1", "transaction_pooling"),
        ("connections=0", "connections"),
        ("schema=", "name"),
        ("sslmode", "looks like"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(options: str, named: str) -> None:
    with pytest.raises(NotOpened, match=named) as refused:
        open_store(f"postgresql://app:hunter2@host/db?{options}")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("options", ["patience=0", "connections=many", "name={x}", "db=hunter2"])
def test_an_option_of_redis_that_makes_no_sense_is_refused(options: str) -> None:
    with pytest.raises(NotOpened) as refused:
        open_store(f"redis://app:hunter2@host/0?{options}")
    assert "hunter2" not in str(refused.value)


def test_a_store_that_is_not_there_is_another_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        open_store(f"sqlite:///{tmp_path}/missing/sessions.db")


@pytest.mark.parametrize(
    "place", [place for place in STORES.values() if place.extra], ids=lambda place: place.module
)
def test_a_missing_driver_is_told_with_what_to_install(place: object) -> None:
    extra = getattr(place, "extra", "")
    scheme = next(scheme for scheme, found in STORES.items() if found is place)
    script = (
        "import sys; sys.modules.update(psycopg=None, redis=None)\n"
        "from sessionward.session.stores.opening import NotOpened, open_store\n"
        f"try: open_store('{scheme}://host/db')\n"
        "except NotOpened as error: print(error)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, check=True, env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True
    )
    assert f"pip install 'sessionward[{extra}]'" in done.stdout

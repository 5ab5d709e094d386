from functools import partial

import psycopg
import pytest

from sessionward.session.result import StoreError
from sessionward.session.stores import postgres_schema
from sessionward.session.stores.postgres import PostgresStore
from sessionward.session.stores.postgres_calls import FUNCTIONS
from sessionward.session.stores.postgres_schema import Migration, Surroundings, migrations, quoted
from tests.session.stores.conformance import ANA
from tests.session.stores.postgres_server import server
from tests.session.stores.races import together


def migrated(schema: str, *, grant_to: str | None = None) -> tuple[str, ...]:
    return PostgresStore.migrate(server().address(), schema=schema, grant_to=grant_to)


def opened(schema: str, *, user: str = "postgres", transaction_pooling: bool = False) -> PostgresStore:
    address = server().address(user=user)
    return PostgresStore(address, schema=schema, transaction_pooling=transaction_pooling)


def rows(statement: str, *values: object) -> list[tuple[object, ...]]:
    with server().session() as session:
        return session.execute(statement.encode(), values).fetchall()


def run(statement: str) -> None:
    with server().session() as session:
        session.execute(statement.encode())


def test_the_files_are_numbered_without_a_gap_and_their_checksums_differ() -> None:
    assert [entry.number for entry in migrations()] == list(range(1, len(migrations()) + 1))
    assert len({entry.checksum for entry in migrations()}) == len(migrations())


@pytest.mark.parametrize(
    "name", ['x"; DROP SCHEMA public; --', "50 % of all", "Grüße", "select", "a.b", "x" * 63]
)
def test_any_name_of_a_schema_is_quoted(name: str) -> None:
    migrated(name)
    store = opened(name)
    assert store.epoch(ANA) == 0
    store.close()
    assert rows("SELECT 1 FROM pg_namespace WHERE nspname = %s", name) == [(1,)]


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 64, "ж" * 32])
def test_a_name_that_the_database_would_cut_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="1 to 63 bytes"):
        quoted(name)
    with pytest.raises(ValueError, match="1 to 63 bytes"):
        opened(name)


def test_what_has_been_applied_is_not_applied_again() -> None:
    names = tuple(entry.name for entry in migrations())
    assert migrated("again") == names
    assert migrated("again") == ()


def test_of_several_that_migrate_at_once_one_does_it_and_none_fails() -> None:
    done = together(*[partial(migrated, "crowd")] * 4)
    assert (done.count(()), done.count(tuple(entry.name for entry in migrations()))) == (3, 1)


def test_a_migration_that_breaks_off_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migration(number=99, name="0099_broken.sql", script=b"CREATE TABLE half (); SELECT 1 / 0")
    monkeypatch.setattr(postgres_schema, "migrations", lambda: (*migrations(), broken))
    with pytest.raises(StoreError, match="division by zero"):
        migrated("half")
    assert rows("SELECT 1 FROM pg_namespace WHERE nspname = 'half'") == []


def test_a_schema_that_was_never_migrated_is_refused() -> None:
    for user in ("postgres", role("stranger")):
        with pytest.raises(
            StoreError, match=r"'nowhere' has no tables of the session store: run PostgresStore"
        ):
            opened("nowhere", user=user)


def test_an_older_schema_is_refused_and_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    *before, last = migrations()
    with monkeypatch.context() as past:
        past.setattr(postgres_schema, "migrations", lambda: tuple(before))
        migrated("older")
    with pytest.raises(
        StoreError, match=rf"is older than this version .* lacks {last.name}: run PostgresStore"
    ):
        opened("older")
    assert migrated("older") == (last.name,)
    opened("older").close()


def test_a_newer_schema_is_refused_also_by_a_migration() -> None:
    migrated("newer")
    run("INSERT INTO newer.migration (number, name, checksum) VALUES (99, '0099_later.sql', 'x')")
    for attempt in (opened, migrated):
        with pytest.raises(StoreError, match=r"is newer than this version .* migration 99"):
            attempt("newer")


def test_a_file_that_was_changed_after_it_was_applied_is_refused() -> None:
    migrated("changed")
    run("UPDATE changed.migration SET checksum = 'x' WHERE number = 2")
    for attempt in (opened, migrated):
        with pytest.raises(
            StoreError, match=r"migration 2 that was applied .* is not the one of this version"
        ):
            attempt("changed")


def role(name: str) -> str:
    with server().session() as session:
        if not session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchall():
            session.execute(f"CREATE ROLE {quoted(name)} LOGIN".encode())
    return name


def test_a_role_that_may_not_use_the_schema_is_told_how_it_may() -> None:
    migrated("closed")
    with pytest.raises(
        StoreError, match=r"role 'outsider' may not use the schema 'closed': .* grant_to='outsider'"
    ):
        opened("closed", user=role("outsider"))
    migrated("closed", grant_to="outsider")
    opened("closed", user="outsider").close()


def test_a_role_that_may_not_make_a_schema_is_told_so() -> None:
    with pytest.raises(StoreError, match="permission denied for database"):
        PostgresStore.migrate(server().address(user=role("outsider")), schema="mine")


def test_a_role_that_only_reads_is_refused() -> None:
    migrated("readers", grant_to=role("reader"))
    run("ALTER ROLE reader SET default_transaction_read_only = on")
    with pytest.raises(StoreError, match="session is read-only"):
        opened("readers", user="reader")


def test_transactions_are_read_committed_or_the_store_does_not_start() -> None:
    migrated("isolated", grant_to=role("strict"))
    run("ALTER ROLE strict SET default_transaction_isolation = 'serializable'")
    opened("isolated", user="strict").close()
    with pytest.raises(StoreError, match="read committed, not serializable"):
        opened("isolated", user="strict", transaction_pooling=True)


def test_a_database_of_another_encoding_and_a_standby_are_refused() -> None:
    applied = ([entry.number for entry in migrations()], [entry.checksum for entry in migrations()])
    around = Surroundings(schema="x")
    around.verify(("UTF8", "read committed", False), applied)
    with pytest.raises(StoreError, match="encoding UTF8, not LATIN1"):
        around.verify(("LATIN1", "read committed", False), applied)
    for answer in (("UTF8", "read committed", True), None):
        with pytest.raises(StoreError, match="is a standby"):
            around.verify(answer, applied)


def test_whoever_runs_the_store_may_call_its_functions_and_nothing_else() -> None:
    schema = server().schema(grant_to=role("app"))
    granted = rows(
        "SELECT p.proname, p.prosecdef, p.proconfig IS NOT NULL FROM pg_proc p "
        "WHERE p.pronamespace = %s::regnamespace AND has_function_privilege('app', p.oid, 'execute')",
        quoted(schema),
    )
    assert sorted(granted) == sorted((name, True, True) for name in FUNCTIONS)
    with server().session(user="app") as session:
        for statement in (
            "SELECT * FROM trail",
            "DELETE FROM trail",
            "UPDATE session SET ended_reason = NULL",
            "INSERT INTO termination VALUES (1)",
            "SELECT end_all_sessions('logout', 0)",
            "CREATE TABLE mine ()",
        ):
            session.execute(f"SET search_path = {quoted(schema)}".encode())
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(statement.encode())


def test_nobody_elses_names_can_be_slipped_under_a_function() -> None:
    schema = server().schema()
    settings = rows(
        "SELECT DISTINCT proconfig FROM pg_proc WHERE pronamespace = %s::regnamespace", quoted(schema)
    )
    assert settings == [([f'search_path="{schema}", pg_temp'],)]


def test_subjects_stand_beside_their_tenants_and_tables_do_not_refer_to_each_other() -> None:
    schema = server().schema()
    columns = rows(
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
        "WHERE table_schema = %s GROUP BY 1",
        schema,
    )
    for _, names in columns:
        assert isinstance(names, list)
        assert "subject" not in names or "tenant" in names
    foreign = "SELECT 1 FROM pg_constraint WHERE contype = 'f' AND connamespace = %s::regnamespace"
    assert rows(foreign, quoted(schema)) == []

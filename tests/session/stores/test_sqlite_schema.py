import sqlite3
from contextlib import closing

from sessionward.session.stores.sqlite_schema import TABLES


def test_the_tables_are_strict_and_keep_the_tenant_beside_every_subject() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        tables = [
            name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE strict = 1")
        ]
        for table in tables:
            columns = {
                name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
            }
            assert "subject" not in columns or "tenant" in columns
    assert len(tables) == TABLES.count("CREATE TABLE")

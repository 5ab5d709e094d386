"""The stores that keep sessions in PostgreSQL, by short names; apart, since they need the extra `postgres`."""

from sessionward.session.stores.postgres import AsyncPostgresStore, PostgresStore

__all__ = ["AsyncPostgresStore", "PostgresStore"]

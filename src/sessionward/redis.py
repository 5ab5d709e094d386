"""The stores that keep sessions in Redis or Valkey, by short names; apart, since they need the extra `redis`."""

from sessionward.session.stores.redis import AsyncRedisStore, RedisStore

__all__ = ["AsyncRedisStore", "RedisStore"]

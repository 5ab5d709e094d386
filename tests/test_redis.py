import subprocess
import sys

from sessionward import redis
from sessionward.session.stores.redis import AsyncRedisStore, RedisStore

WITHOUT = """
import sys
sys.modules["redis"] = None
import sessionward.asgi
try:
    import sessionward.redis
except ImportError:
    print("needed here alone")
"""


def test_the_short_names_are_those_of_the_stores() -> None:
    assert (redis.RedisStore, redis.AsyncRedisStore) == (RedisStore, AsyncRedisStore)


def test_nobody_needs_the_driver_who_does_not_use_the_store() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout == "needed here alone\n"

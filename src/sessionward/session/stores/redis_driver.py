"""Connections to a Redis server or cluster: scripts are run on it, and its errors told as `StoreError`.

A call is never repeated once it may have arrived. Its answer was lost, so whether it was done is unknown: repeated, an
entry would stand twice in a trail, and what was consumed would be told as consumed by somebody else. Two things are
repeated: a connection that is found closed before anything was sent is made anew, and a script that the server says
it does not know is sent in full, since it cannot have run.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from redis import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio import BlockingConnectionPool as AsyncBlockingConnectionPool
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio import RedisCluster as AsyncRedisCluster
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisClusterException, RedisError, ResponseError
from redis.retry import Retry

from sessionward.session.result import StoreError
from sessionward.session.stores.redis_calls import Question, opening
from sessionward.session.stores.redis_scripts import Keys, script

T = TypeVar("T")

Client = Redis | RedisCluster
AsyncClient = AsyncRedis | AsyncRedisCluster

CLUSTER = ("redis+cluster://", "rediss+cluster://")
SCHEMES = ("redis://", "rediss://", "unix://", *CLUSTER)

POLICY = "maxmemory-policy"

SENTENCES = {
    "OutOfMemoryError": "its memory is full",
    "ReadOnlyError": "it is a replica and takes no writes",
    "BusyLoadingError": "it is still loading its data",
    "AuthenticationError": "it refuses the name or password",
    "AuthorizationError": "it refuses the name or password",
    "NoPermissionError": "its access list does not allow this; all that is needed stands in the guide",
    "ClusterDownError": "its cluster is down",
    "MaxConnectionsError": "all connections are in use",
}
"""What an error of the driver means. Its own text is not repeated: the driver quotes what was sent in some."""

CODES = {
    "NOAUTH": "it wants a name and password",
    "WRONGPASS": "it refuses the name or password",
    "NOPERM": SENTENCES["NoPermissionError"],
    "OOM": SENTENCES["OutOfMemoryError"],
    "READONLY": SENTENCES["ReadOnlyError"],
    "LOADING": SENTENCES["BusyLoadingError"],
    "MISCONF": "it cannot write its data to the disk",
    "WRONGTYPE": "one of its keys holds something of another kind",
    "BUSY": "another script occupies it",
    "NOREPLICAS": "too few of its replicas are reachable",
}
"""What the first word of a server's error means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to connect; `patience` and `connecting` are seconds, `connections` is a number for each process.

    Raises:
        ValueError: one of them is not above zero.

    """

    patience: float
    connecting: float
    connections: int

    def __post_init__(self) -> None:
        for name in ("patience", "connecting", "connections"):
            if not 0 < getattr(self, name) < float("inf"):
                raise ValueError(f"The {name} of a Redis store has to be a number above zero.")

    def pool(self) -> dict[str, Any]:
        """What every connection is made with."""
        return {
            "socket_timeout": self.patience,
            "socket_connect_timeout": self.connecting,
            "max_connections": self.connections,
            "decode_responses": False,
        }


class Link:
    """The store `name` on the server at `address`, or where the ready client `address` leads."""

    def __init__(self, address: str | Client, name: str, settings: Settings) -> None:
        self._keys = Keys(name)
        self._is_ours = isinstance(address, str)
        self._closed = False
        with _telling():
            self._client = _connected(address, settings) if isinstance(address, str) else _checked(address)
        try:
            with _telling():
                self._settle(self._client)
        except BaseException:
            self.close()
            raise

    def ask(self, question: Question[T]) -> T:
        """Put `question` to the server."""
        if self._closed:
            raise StoreError("The store is closed.")
        with _telling():
            return self._ask(question)

    def close(self) -> None:
        """Let go of the connections, unless the client was somebody else's."""
        self._closed = True
        if self._is_ours:
            self._client.close()

    def _ask(self, question: Question[T]) -> T:
        called = script(question.script)
        rest = _rest(question, self._keys)
        run: Any = self._client.execute_command
        try:
            answer = run("EVALSHA", called.sha, *rest)
        except NoScriptError:
            answer = run("EVAL", called.text, *rest)
        return _read(question, answer)

    def _settle(self, client: Any) -> None:
        try:
            found = client.config_get(POLICY, **_everywhere(client))
        except ResponseError:  # a managed server does not show everybody its settings
            found = {}
        _refuse_eviction(found)
        self._ask(opening())


class AsyncLink:
    """`Link` for those who await; it connects, and checks the server, when it is first asked."""

    def __init__(self, address: str | AsyncClient, name: str, settings: Settings) -> None:
        self._keys = Keys(name)
        self._is_ours = isinstance(address, str)
        self._closed = False
        self._settled = False
        with _telling():
            self._client: Any = (
                _connected_async(address, settings) if isinstance(address, str) else _checked(address)
            )

    async def ask(self, question: Question[T]) -> T:
        """Put `question` to the server."""
        if self._closed:
            raise StoreError("The store is closed.")
        with _telling():
            if not self._settled:
                await self._settle()
            return await self._ask(question)

    async def close(self) -> None:
        """Let go of the connections, unless the client was somebody else's."""
        self._closed = True
        if self._is_ours:
            await self._client.aclose()

    async def _ask(self, question: Question[T]) -> T:
        called = script(question.script)
        rest = _rest(question, self._keys)
        try:
            answer = await self._client.execute_command("EVALSHA", called.sha, *rest)
        except NoScriptError:
            answer = await self._client.execute_command("EVAL", called.text, *rest)
        return _read(question, answer)

    async def _settle(self) -> None:
        try:
            found = await self._client.config_get(POLICY, **_everywhere(self._client))
        except ResponseError:  # as above
            found = {}
        _refuse_eviction(found)
        await self._ask(opening())
        self._settled = True


def _rest(question: Question[Any], keys: Keys) -> tuple[Any, ...]:
    named = keys.of(question.script, question.tenant)
    return (len(named), *named, *question.arguments)


def _everywhere(client: Any) -> dict[str, str]:
    """How to ask all nodes that take writes: which of them holds the store may change."""
    return {"target_nodes": "primaries"} if isinstance(client, RedisCluster | AsyncRedisCluster) else {}


def _refuse_eviction(found: Any) -> None:
    """Refuse a server that throws out whatever was used least, be it everybody's sessions.

    Of several nodes each has an answer of its own.
    """
    for policy in found.values():
        if isinstance(policy, Mapping):
            _refuse_eviction(policy)
            continue
        text = policy.decode() if isinstance(policy, bytes) else str(policy)
        if text.startswith("allkeys-"):
            raise StoreError(
                f"The Redis server loses sessions when its memory is full: its {POLICY} is {text}. "
                "Set it to noeviction."
            )


def _split(address: str) -> tuple[str, bool]:
    if not address.startswith(SCHEMES):
        raise ValueError(f"The address of a Redis store begins with one of {', '.join(SCHEMES)}.")
    return address.replace("+cluster", "", 1), address.startswith(CLUSTER)


def _connected(address: str, settings: Settings) -> Client:
    url, is_cluster = _split(address)
    never = Retry(NoBackoff(), 0)
    with _reading_address():
        if is_cluster:
            return RedisCluster.from_url(url, retry=never, **settings.pool())
        pool = BlockingConnectionPool.from_url(url, retry=never, timeout=settings.patience, **settings.pool())
        return Redis.from_pool(pool)


def _connected_async(address: str, settings: Settings) -> AsyncClient:
    url, is_cluster = _split(address)
    never = AsyncRetry(NoBackoff(), 0)
    with _reading_address():
        if is_cluster:
            return AsyncRedisCluster.from_url(url, retry=never, **settings.pool())
        pool = AsyncBlockingConnectionPool.from_url(
            url, retry=never, timeout=settings.patience, **settings.pool()
        )
        return AsyncRedis.from_pool(pool)


@contextmanager
def _reading_address() -> Iterator[None]:
    try:
        yield
    except (
        ValueError,
        TypeError,
    ):  # their text may quote a part of the address, and that may be the password
        raise ValueError(
            "The address of the Redis store cannot be read; mind what has to be escaped."
        ) from None


def _checked(client: Any) -> Any:
    """A ready client, unless it repeats calls or answers text.

    Raises:
        ValueError: it does.

    """
    retry = client.retry if isinstance(client, RedisCluster | AsyncRedisCluster) else client.get_retry()
    if retry is not None and retry.get_retries() != 0:
        raise ValueError(
            "The Redis client repeats a call whose answer was lost, and so might do it twice: "
            "make it with retry=Retry(NoBackoff(), 0)."
        )
    if client.get_encoder().decode_responses:
        raise ValueError(
            "The Redis client answers text instead of bytes: make it with decode_responses=False."
        )
    return client


@contextmanager
def _telling() -> Iterator[None]:
    """Tell errors of the driver and the server as `StoreError`, without what they quote."""
    try:
        yield
    except (RedisError, RedisClusterException, OSError) as error:
        raise StoreError(f"The session store cannot be asked: {_sentence(error)}.") from None


def _read(question: Question[T], answer: Any) -> T:
    try:
        return question.read(answer)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"What is stored cannot be read ({type(error).__name__}).") from None


def _sentence(error: Exception) -> str:
    code = str(error).split(" ", 1)[0].removesuffix(":")
    if isinstance(error, ResponseError) and code in CODES:
        return CODES[code]
    kind = type(error).__name__
    return SENTENCES.get(kind, f"{kind} {code}" if code.isupper() else kind)

"""The Lua scripts of the Redis store: which keys each is handed, and its text.

All of a store is a dozen keys whose names are known beforehand: sessions are fields of hashes, not keys of their own.
So each script declares whatever it touches, though which session a token leads to is only found out inside it.
Keys made up inside a script would work on a single server, but Redis asks that there be none, and proxies, access
lists and compatible servers rely on it. What that costs is the time to live of keys; `purge` and each login forget by
the times that were handed in, instead of by the server's clock. What it gains besides: nothing of ours is ever evicted
by a server that evicts keys with a time to live.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FEED_BOUND = 100_000
"""How many entries the feed may have before `purge` comes to it; a reader who is further behind is told so."""

FEED_BATCH = 1000
"""How many entries of the feed one call looks at, or forgets, at most."""

SESSION = ("tokens", "retired", "sessions", "activity", "data", "subjects", "deadlines")
FEED = ("feed", "meta")

KEYS: dict[str, tuple[str, ...]] = {
    "get": ("tokens", "retired", "sessions", "activity", "data"),
    "create": (*SESSION, "epochs", *FEED),
    "replace": ("tokens", "retired", "sessions", "activity", *FEED),
    "touch": ("sessions", "activity"),
    "terminate": ("sessions", "activity", "data", "subjects", *FEED),
    "write": ("sessions", "data", *FEED),
    "epoch": ("epochs",),
    "advance_all": ("data", "epochs"),
    "end_outnumbered": ("sessions", "activity", "data", "subjects", "epochs", *FEED),
    "advance_epoch": ("sessions", "activity", "data", "subjects", "epochs", *FEED),
    "list": ("sessions", "activity", "subjects"),
    "consume_once": ("once",),
    "feed": FEED,
    "audit_append": ("trail",),
    "audit_since": ("trail",),
    "purge": (*SESSION, "once"),
    "purge_feed": ("data", *FEED),
    "open": ("meta",),
}
"""By script, the keys it is handed, in their order. A tenant has a `trail` of its own."""

NAMES = tuple(sorted({name for names in KEYS.values() for name in names}))
FUNCTION = re.compile(r"^local function (\w+)\(.*?^end$", re.MULTILINE | re.DOTALL)
CONSTANTS = re.compile(r"^local [A-Z, ]+ = .*$", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9_.:-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script, the names of its keys, and the digest by which a server calls it once it has been told it."""

    keys: tuple[str, ...]
    text: str
    sha: str


@cache
def script(name: str) -> Script:
    """The script `name`, one of `KEYS`."""
    folder = files("sessionward.session.stores") / "redis_lua"
    prelude, body = ((folder / f"{part}.lua").read_text(encoding="utf-8") for part in ("prelude", name))
    keys = KEYS[name]
    named = ", ".join(f"KEYS[{place}]" for place in range(1, len(keys) + 1))
    text = "\n".join(
        (
            f"local {', '.join(keys)} = {named}",
            f"local FEED_BOUND, FEED_BATCH = {FEED_BOUND:d}, {FEED_BATCH:d}",
            *CONSTANTS.findall(prelude),
            _with_functions(prelude, body),
        )
    )
    return Script(keys=keys, text=text, sha=hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


def _with_functions(prelude: str, body: str) -> str:
    """The body after those functions of the prelude that it calls; all of them would double the time of a script.

    A function of the prelude calls only those above it.
    """
    text = body
    for found in reversed(list(FUNCTION.finditer(prelude))):
        if re.search(rf"\b{found[1]}\(", text):
            text = f"{found[0]}\n\n{text}"
    return text


class Keys:
    """The names of the keys of the store `name`.

    Braces make all of them one slot of a cluster, which is what lets one script touch several.

    Raises:
        ValueError: `name` is no name.

    """

    def __init__(self, name: str) -> None:
        if NAME.fullmatch(name) is None:
            raise ValueError(
                f"A Redis store cannot be named {name!r}: use letters, digits, dots, colons, dashes, underscores."
            )
        prefix = f"{{{name}}}:".encode()
        self._named = {key: prefix + key.encode() for key in NAMES}
        self._of = {name: tuple(self._named[key] for key in keys) for name, keys in KEYS.items()}

    def of(self, name: str, tenant: bytes | None) -> tuple[bytes, ...]:
        """The keys that the script `name` is handed; those of a trail are `tenant`'s."""
        if tenant is None:
            return self._of[name]
        return (self._named["trail"] + b":" + tenant,)

"""What `settings.SESSIONWARD` says, read once, when the first session is asked for."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from sessionward.session.adapters.cookie_header import SameSite, SessionCookie
from sessionward.session.adapters.keeper import Keeper
from sessionward.session.adapters.possession import Judge
from sessionward.session.adapters.purges import Purges
from sessionward.session.clock import SteadyClock
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy, PolicyError
from sessionward.session.result import StoreError
from sessionward.session.state import Subject
from sessionward.session.stores.direct import awaited
from sessionward.session.stores.opening import STORES, NotOpened, open_async_store, open_store
from sessionward.session.stores.store import AsyncStore, Store
from sessionward.standards import UnknownProfileError

SETTING = "SESSIONWARD"
KNOWN = ("store", "async_store", "policy", "tenant", "role", "clock", "dpop")
UNCHOSEN = frozenset({"sessionid", "__Host-session", "__Secure-session"})
"""Names of the session cookie that say nothing of what the app wants: Django's own and ours."""
SAME_SITES: Mapping[object, SameSite] = {"Lax": "lax", "Strict": "strict", "None": "none"}


class Account(Protocol):
    """A user of whatever model the app has. Naming Django's here would import its models before they can be."""

    @property
    def pk(self) -> Any:
        """The primary key, None before the first save."""
        ...


Of = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What all requests share. `store` is for views that block, `async_store` for those that await."""

    store: Store
    async_store: AsyncStore
    keeper: Keeper
    cookie: SessionCookie
    tenant: Of
    role: Of
    purges: Purges
    dpop: Judge | None = None
    opened: bool = False

    def subject(self, user: Account) -> Subject:
        """Who `user` is to the session layer: their primary key, in their tenant.

        Raises:
            ImproperlyConfigured: the setting `tenant` gives no tenant for this user.

        """
        tenant = self.tenant(user)
        if not tenant or not isinstance(tenant, str):
            raise ImproperlyConfigured(
                f'SESSIONWARD["tenant"] gives no tenant for the user {user.pk!r}, and without one there is no session.'
            )
        return Subject(tenant=tenant, id=user_id(user))


def user_id(user: Account) -> str:
    """The primary key of `user` as text, as Django keeps it in a session."""
    if user.pk is None:
        raise ImproperlyConfigured("A user has to be saved before anything can be said of their sessions.")
    model: Any = type(user)
    return str(model._meta.pk.value_to_string(user))  # noqa: SLF001 - Django's documented model API


@dataclass(slots=True)
class _Kept:
    """The configuration once it was read."""

    lock: Lock = field(default_factory=Lock)
    found: Configuration | None = None


_kept = _Kept()


def configured() -> Configuration:
    """The configuration that the settings describe; the store is opened when this is first called.

    Raises:
        ImproperlyConfigured: a setting is missing or wrong.
        StoreError: the store cannot be opened.

    """
    found = _kept.found
    if found is None:
        with _kept.lock:
            found = _kept.found = _kept.found or _read()
    return found


def table() -> Mapping[str, Any]:
    """`settings.SESSIONWARD`, whose keys are known.

    Raises:
        ImproperlyConfigured: it is missing, no dictionary, or has a key that means nothing.

    """
    said = getattr(settings, SETTING, None)
    if not isinstance(said, Mapping):
        raise ImproperlyConfigured(
            'The settings need SESSIONWARD = {"store": "sqlite:////var/lib/app.db", "policy": "patient-portal"}.'
        )
    for key in said:
        if key not in KNOWN:
            raise ImproperlyConfigured(f"SESSIONWARD has no {key!r}; there are {', '.join(KNOWN)}.")
    return said


def policies() -> Policies:
    """The policies that the settings name: a profile, the path of a TOML file, or the policies themselves.

    Raises:
        ImproperlyConfigured: they are refused; the message is theirs.

    """
    said = table().get("policy", "patient-portal")
    try:
        if isinstance(said, Path) or (isinstance(said, str) and said.endswith(".toml")):
            return Policies.read(Path(said))
        if isinstance(said, str | Policy | Policies):
            return Policies.of(said)
    except (PolicyError, UnknownProfileError) as error:
        raise ImproperlyConfigured(f'SESSIONWARD["policy"]: {error.args[0]}') from error
    raise ImproperlyConfigured(
        f'SESSIONWARD["policy"] is {said!r}, and must be the name of a profile, the path of a TOML file, a Policy or '
        "Policies."
    )


def cookie() -> SessionCookie:
    """The cookie that Django's own settings describe, as far as browsers then protect it.

    Raises:
        ImproperlyConfigured: they contradict each other.

    """
    domain = settings.SESSION_COOKIE_DOMAIN or None
    name = settings.SESSION_COOKIE_NAME
    if name in UNCHOSEN:
        name = "__Host-session" if domain is None else "__Secure-session"
    same_site = SAME_SITES.get(settings.SESSION_COOKIE_SAMESITE)
    if same_site is None:
        raise ImproperlyConfigured('SESSION_COOKIE_SAMESITE must be "Lax", "Strict" or "None".')
    try:
        return SessionCookie(
            name=name,
            domain=None if domain is None else domain.removeprefix("."),
            same_site=same_site,
            partitioned=same_site == "none",
        )
    except PolicyError as error:
        raise ImproperlyConfigured(f"The SESSION_COOKIE_ settings: {error}") from error


def callable_of(name: str, default: Of) -> Of:
    """What the setting `name` says of a user: a callable, or the dotted path of one.

    Raises:
        ImproperlyConfigured: it is neither.

    """
    found = _imported(name, table().get(name, default))
    if not callable(found):
        raise ImproperlyConfigured(f'SESSIONWARD["{name}"] must be a callable that is given a user.')
    made: Of = found
    return made


def _read() -> Configuration:
    said = table()
    clock = _imported("clock", said.get("clock")) or SteadyClock()
    keeper = Keeper(policies=policies(), clock=clock)
    made, tenant, role = (
        cookie(),
        callable_of("tenant", lambda _: "default"),
        callable_of("role", lambda _: None),
    )
    store, async_store, opened = _stores(said)
    return Configuration(
        store=store,
        async_store=async_store,
        keeper=keeper,
        purges=Purges(),
        opened=opened,
        cookie=made,
        tenant=tenant,
        role=role,
        dpop=_imported("dpop", said.get("dpop")),
    )


def _stores(said: Mapping[str, Any]) -> tuple[Store, AsyncStore, bool]:
    """The store for those who block, that for those who await, and whether they were opened here."""
    if "store" not in said:
        raise ImproperlyConfigured(
            'SESSIONWARD["store"] is missing: sqlite:///…, postgresql://…, or a store.'
        )
    named = said["store"]
    another = said.get("async_store")
    try:
        if isinstance(named, str) and ":" in named:
            store = open_store(named)
            apart = another is None and STORES[named.partition(":")[0]].awaited is not None
            awaited_one = (
                open_async_store(named) if apart else awaited(_opened("async_store", another) or store)
            )
            return store, awaited_one, True
        store = _opened("store", named)
        return store, awaited(_opened("async_store", another) or store), False
    except NotOpened as error:
        raise ImproperlyConfigured(f'SESSIONWARD["store"]: {error}') from error


def _opened(name: str, said: object) -> Any:
    """A store that was handed in, at a dotted path, or made by what stands at one; None for None."""
    found = _imported(name, said)
    if isinstance(found, type) or (callable(found) and not hasattr(found, "advance_epoch")):
        found = found()
    if found is not None and not hasattr(found, "advance_epoch"):
        raise ImproperlyConfigured(
            f'SESSIONWARD["{name}"] must be a store, the address of one (sqlite:///…), or the dotted path of one.'
        )
    return found


def _imported(name: str, said: object) -> Any:
    if not isinstance(said, str):
        return said
    try:
        return import_string(said)
    except ImportError as error:
        raise ImproperlyConfigured(f'SESSIONWARD["{name}"] is {said!r}, which cannot be imported.') from error


def _forget(*, setting: str, **_: object) -> None:
    """Tests override settings: what was read is read anew, and what was opened here is closed."""
    if setting != SETTING and not setting.startswith("SESSION_"):
        return
    with _kept.lock:
        found, _kept.found = _kept.found, None
    if found is not None and found.opened:
        with suppress(StoreError):
            found.store.close()


setting_changed.connect(_forget, dispatch_uid="sessionward.configuration")

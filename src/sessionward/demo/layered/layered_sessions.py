"""Sessions kept by the session layer, as the clinic's app asks for them."""

import secrets
from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from sessionward.asgi import (
    ForgeryGuard,
    ForgeryRules,
    HeaderPolicy,
    MemoryStore,
    SecurityHeaders,
    SessionMiddleware,
    SQLiteStore,
    Store,
)
from sessionward.demo.clinic import Clinic
from sessionward.demo.clinic_settings import Settings
from sessionward.demo.layered.device_pages import device_routes
from sessionward.demo.layered.export_pages import export_routes
from sessionward.demo.layered.layered_visitor import Kept, LayeredVisitor
from sessionward.demo.layered.script_tokens import ScriptTokens
from sessionward.demo.layered.session_policy import page_settings, policy_of
from sessionward.demo.layered.signature_pages import signature_routes
from sessionward.demo.visitor import STATIC
from sessionward.drafts import MemoryShelf, SealedDrafts
from sessionward.session.drafts.sealing import KEY_BYTES
from sessionward.session.headers.header_policy import YEAR

LOGIN = "/login"


def store_of(settings: Settings) -> Store:
    """Where the sessions are kept, and the trail of each clinic."""
    return MemoryStore() if settings.store is None else SQLiteStore(settings.store)


class LayeredSessions:
    """See `SessionKeeping`."""

    def __init__(self, clinic: Clinic, origins: Sequence[str]) -> None:
        """Nobody is logged in yet. `origins` are the clinic's own addresses. Raises PolicyError."""
        self._origins = tuple(origins)
        self._keys = (secrets.token_bytes(KEY_BYTES),)
        policy = policy_of(clinic.settings)
        self._kept = Kept(
            clinic=clinic,
            store=store_of(clinic.settings),
            policy=policy,
            scripts=ScriptTokens(),
            pages=page_settings(policy, self._keys),
        )
        self._drafts = SealedDrafts(MemoryShelf(), keys=self._keys) if self._kept.pages else None

    def middleware(self) -> list[Middleware]:
        """Headers, then the guard against forged requests, then the sessions."""
        settings = self._kept.clinic.settings
        exempt = () if settings.protections.login_form_guarded else (LOGIN,)
        hsts = 2 * YEAR if settings.protections.insists_on_https else None
        return [
            Middleware(SecurityHeaders, policies=HeaderPolicy(hsts=hsts)),
            Middleware(ForgeryGuard, rules=ForgeryRules(origins=self._origins, exempt=exempt)),
            Middleware(
                SessionMiddleware,
                store=self._kept.store,
                policy=self._kept.policy,
                public=(STATIC.rstrip("/"),),
                pages=self._kept.pages,
                drafts=self._drafts,
                clock=settings.clock,
            ),
        ]

    def routes(self) -> list[BaseRoute]:
        """Devices, and what needs a fresh proof of identity."""
        return [*device_routes(), *export_routes(), *signature_routes()]

    async def arrive(self, connection: HTTPConnection) -> LayeredVisitor:
        """Who asks; a remembered browser is logged in again."""
        visitor = LayeredVisitor(kept=self._kept, connection=connection)
        await visitor.arrive()
        return visitor

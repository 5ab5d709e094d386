"""Sessions kept by hand, as the clinic's app asks for them."""

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from sessionward.demo.clinic import Clinic
from sessionward.demo.home_made.home_made_visitor import HomeMadeVisitor
from sessionward.demo.home_made.login_sessions import Sessions
from sessionward.demo.home_made.page_headers import PageHeaders


class HomeMadeSessions:
    """See `SessionKeeping`."""

    def __init__(self, clinic: Clinic) -> None:
        """Nobody is logged in yet."""
        settings = clinic.settings
        self._clinic = clinic
        self._sessions = Sessions(
            settings.timeouts, settings.clock, settings.concurrent_sessions, settings.protections.tokens()
        )

    def middleware(self) -> list[Middleware]:
        """The headers that were thought of."""
        insists = self._clinic.settings.protections.insists_on_https
        return [Middleware(PageHeaders, insists_on_https=insists)]

    def routes(self) -> list[BaseRoute]:
        """None."""
        return []

    async def arrive(self, connection: HTTPConnection) -> HomeMadeVisitor:
        """Who asks; a remembered browser is logged in again."""
        visitor = HomeMadeVisitor(
            clinic=self._clinic,
            sessions=self._sessions,
            client=connection.client.host if connection.client else "",
            secure=connection.url.scheme in {"https", "wss"},
        )
        visitor.arrive(connection)
        return visitor

"""What only apps on Starlette or FastAPI can use, by short names; the session layer itself is in `sessionward.asgi`."""

from sessionward.session.adapters.guarded_starlette import starlette_object_guard

__all__ = ["starlette_object_guard"]

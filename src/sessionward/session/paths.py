"""Which routes a path lies below, for settings that differ by route."""

from collections.abc import Iterable

from sessionward.session.policy import PolicyError

STEPS_ASIDE = frozenset({"", ".", ".."})


def checked_routes(what: str, routes: Iterable[str]) -> tuple[str, ...]:
    """`routes`, which are prefixes that end at a slash or the path's end.

    Raises:
        PolicyError: one is no such prefix; the message begins with `what`.

    """
    if isinstance(routes, str):
        raise PolicyError(f"{what} is the text {routes!r}, and must be a list of routes.")
    found = tuple(routes)
    for route in found:
        if not is_plain(route) or (route != "/" and route.endswith("/")):
            raise PolicyError(
                f"{what} has {route!r}, which must begin with a slash, not end with one and have no dots."
            )
    return found


def route_of(path: str, routes: Iterable[str]) -> str | None:
    """The longest of `routes` that `path` lies below.

    A path that some servers would tidy up (`/open/../private`, `/open//x`, `/open/%2e%2e/x`) lies below none: what
    a route relaxes must not be had by spelling another's address crookedly.
    """
    below = [route for route in routes if route in {"/", path} or path.startswith(f"{route}/")]
    return max(below, key=len) if below and is_plain(path) else None


def is_plain(path: str) -> bool:
    """Whether `path` can only be understood in one way. A slash at its end does no harm."""
    if not path.startswith("/") or not path.isprintable() or any(sign in path for sign in "\\;%"):
        return False
    return path == "/" or STEPS_ASIDE.isdisjoint(path[1:].removesuffix("/").split("/"))

"""A mark on handlers that change something whatever the method, for frameworks that tell their handler beforehand."""

from collections.abc import Callable
from typing import Any, TypeVar

MARK = "sessionward_state_changing"
View = TypeVar("View", bound=Callable[..., Any])


def state_changing(view: View) -> View:
    """Mark `view`: also a GET of it must come from one of the app's own pages. Wrappers keep the mark."""
    vars(view)[MARK] = True
    return view


def is_state_changing(view: object) -> bool:
    """Whether `view` is marked."""
    return bool(getattr(view, MARK, False))

from dataclasses import replace

from starlette.routing import Route

from sessionward.demo.care_routes import care_routes
from sessionward.demo.protections import Protections
from tests.demo.trial import make_settings


def methods(path: str, **protections: bool) -> set[str]:
    settings = make_settings(protections=replace(Protections(), **protections))  # type: ignore[arg-type]
    routes = (each for each in care_routes(settings) if isinstance(each, Route) and each.path == path)
    return {method for route in routes for method in route.methods or ()}


def test_what_changes_something_is_asked_for_by_post_alone() -> None:
    changing = ("book", "cancel")
    assert all(methods(f"/appointments/{{slot_id}}/{what}") == {"POST"} for what in changing)


def test_a_link_that_cancels_can_be_switched_on() -> None:
    assert "GET" in methods("/appointments/{slot_id}/cancel", cancel_by_link=True)

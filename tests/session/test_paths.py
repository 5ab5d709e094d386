import pytest

from sessionward.session.paths import checked_routes, route_of
from sessionward.session.policy import PolicyError


@pytest.mark.parametrize(
    "path,found",
    [
        ("/open", "/open"),
        ("/open/", "/open"),
        ("/open/a/b", "/open"),
        ("/open/deep/x", "/open/deep"),
        ("/opened", None),
        ("/", None),
        ("/OPEN", None),
    ],
)
def test_a_path_lies_below_the_longest_route_that_ends_at_a_slash_of_it(path: str, found: str | None) -> None:
    assert route_of(path, ["/open", "/open/deep"]) == found


@pytest.mark.parametrize(
    "path",
    [
        "/open/../private",
        "/open//private",
        "/open/./private",
        "/open/..",
        "/open/%2e%2e/private",
        "/open\\..\\private",
        "/open;/private",
        "/open\n",
        "//open",
        "open",
        "",
    ],
)
def test_a_path_that_some_servers_tidy_up_lies_below_no_route(path: str) -> None:
    assert route_of(path, ["/", "/open"]) is None


def test_the_route_of_all_paths_is_the_slash() -> None:
    assert route_of("/anything/at/all", ["/"]) == "/"


@pytest.mark.parametrize("route", ["", "open", "/open/", "/a/../b", "//open", "/open*\n"])
def test_a_route_that_is_no_plain_prefix_is_refused(route: str) -> None:
    with pytest.raises(PolicyError, match=r"^public has "):
        checked_routes("public", [route])


def test_a_text_is_no_list_of_routes() -> None:
    with pytest.raises(PolicyError, match="list of routes"):
        checked_routes("public", "/open")


def test_plain_prefixes_are_taken() -> None:
    assert checked_routes("public", ["/", "/open", "/open/deep"]) == ("/", "/open", "/open/deep")

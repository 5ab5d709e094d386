import pytest

from sessionward.audit.calibrate.addresses import (
    described,
    ends_or_begins_session,
    identifies,
    last_part,
    pattern,
    reads_only,
    unique,
    words,
)
from sessionward.http import Request
from tests.audit.calibrate.simulated import ORIGIN, get, post


@pytest.mark.parametrize(
    "path,expected",
    [
        ("/users/12/visits?page=3", "GET /users/{id}/visits?page={id}"),
        ("/doku.php?id=start&do=profile", "GET /doku.php?do=profile&id=start"),
        ("/p/1f0c2d9e-1111-2222-3333-444455556666", "GET /p/{id}"),
        ("/day/2025-03-04", "GET /day/{id}"),
        ("", "GET /"),
    ],
)
def test_a_pattern_leaves_out_what_identifies(path: str, expected: str) -> None:
    assert pattern(get(path)) == expected


def test_two_questions_to_one_address_have_two_patterns() -> None:
    one, two = post("/graphql", {"query": "{ me { id } }"}), post("/graphql", {"query": "{ all { id } }"})
    assert pattern(one) != pattern(two)


@pytest.mark.parametrize(
    "path",
    ["/logout", "/users/sign_out", "/?do=logout&x=1", "/account/abmelden", "/auth/logoff.aspx", "/login"],
)
def test_logging_in_and_out_is_recognised(path: str) -> None:
    assert ends_or_begins_session(get(path))


@pytest.mark.parametrize(
    "path", ["/api/auth/session", "/blog", "/catalog/outpatients", "/oauth/userinfo", "/signs"]
)
def test_other_addresses_are_not_taken_for_login_or_logout(path: str) -> None:
    assert not ends_or_begins_session(get(path))


@pytest.mark.parametrize(
    "request_,expected",
    [
        (get("/visits"), True),
        (get("/visits/3/edit"), True),
        (get("/visits/3/delete"), False),
        (get("/do?action=resetPassword"), False),
        (post("/graphql", {"query": "query Me { me { email } }"}), True),
        (post("/graphql", {"query": "mutation { save(x: 1) { id } }"}), False),
        (post("/graphql", [{"query": "{ me { id } }"}, {"query": "mutation { x }"}]), False),
        (post("/graphql", {"operationName": "GetProfile"}), True),
        (post("/graphql", {"operationName": "UpdateProfile"}), False),
        (post("/rpc", {"method": "patient.list", "params": []}), True),
        (post("/rpc", {"method": "patient.save", "params": []}), False),
        (post("/api/search", {"text": "flu"}), True),
        (post("/api/me", {"password": "x"}), False),
        (post("/visits", {"day": 3}), False),
        (post("/api/notes/search/save", {"a": 1}), False),
        (Request(method="POST", url=f"{ORIGIN}/search", body=b"q=1"), False),
        (Request(method="PUT", url=f"{ORIGIN}/me"), False),
    ],
)
def test_only_what_reads_is_made_again(request_: Request, expected: bool) -> None:  # noqa: FBT001
    assert reads_only(request_) is expected


def test_words_are_taken_from_camel_case() -> None:
    assert words("/api/getUserInfo-list") == ("api", "get", "user", "info", "list")


def test_names_are_made_unique_by_a_number() -> None:
    taken: set[str] = set()
    assert [unique("GET /me", taken) for _ in range(3)] == ["GET /me", "GET /me (2)", "GET /me (3)"]


def test_a_request_is_described_by_method_path_and_query() -> None:
    assert described(get("/a?b=1")) == "GET /a?b=1"
    assert last_part(get("/users/12")) == "users"
    assert identifies(get("/users/12"))
    assert not identifies(get("/users/me"))

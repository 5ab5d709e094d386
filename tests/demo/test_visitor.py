import pytest
from starlette.requests import HTTPConnection

from sessionward.demo.visitor import is_activity


@pytest.mark.parametrize("path,activity", [("/profile", True), ("/api/me", True), ("/api/waiting", False)])
def test_what_pages_ask_for_by_themselves_is_no_activity(path: str, *, activity: bool) -> None:
    assert is_activity(HTTPConnection({"type": "http", "path": path, "headers": []})) is activity

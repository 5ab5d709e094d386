import pytest

from sessionward.audit.browser.scope import Scope, is_this_machine

SCOPE = Scope(
    start="http://clinic.test:8000/start?x=1", others=("https://sso.test", "cdn.test", "files.test:9000")
)


@pytest.mark.parametrize(
    "url",
    [
        "http://clinic.test:8000/",
        "HTTP://CLINIC.TEST:8000/other",
        "ws://clinic.test:8000/socket",
        "https://sso.test/login",
        "https://cdn.test/a.js",
        "http://cdn.test:81/a.js",
        "http://files.test:9000/x",
        "about:blank",
        "data:text/html,hello",
        "blob:http://clinic.test:8000/1",
    ],
)
def test_what_was_named_is_in_scope(url: str) -> None:
    assert SCOPE.allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://clinic.test/",
        "http://clinic.test:8001/",
        "http://www.clinic.test:8000/",
        "http://clinic.test.evil.test:8000/",
        "http://evil.test/?http://clinic.test:8000/",
        "http://clinic.test:8000@evil.test/",
        "http://files.test/",
        "http://sso.test/",
        "http://clinic.test:port/",
        "file:///etc/passwd",
        "chrome://version",
        "",
    ],
)
def test_all_else_is_not(url: str) -> None:
    assert not SCOPE.allows(url)


def test_names_of_this_machine_stand_for_each_other_on_one_port() -> None:
    scope = Scope(start="http://localhost:3000")
    assert scope.allows("http://127.0.0.1:3000/")
    assert scope.allows("http://[::1]:3000/")
    assert not scope.allows("http://127.0.0.1:3001/")


def test_a_host_in_letters_of_its_own_is_known_as_it_travels() -> None:
    scope = Scope(start="http://bücher.test")
    assert scope.allows("http://xn--bcher-kva.test/")
    assert scope.allows("http://BÜCHER.test/")
    assert "MAP xn--bcher-kva.test:80 xn--bcher-kva.test:80" in scope.resolver_rules()


def test_a_host_on_the_default_port_may_move_to_https() -> None:
    assert Scope(start="http://clinic.test").allows("https://clinic.test/")
    assert not Scope(start="https://clinic.test").allows("http://clinic.test/")


def test_the_origin_leaves_path_and_password_out() -> None:
    assert Scope(start="https://ana:secret@clinic.test:8443/x").origin == "https://clinic.test:8443"


def test_the_resolver_knows_no_other_place() -> None:
    rules = SCOPE.resolver_rules().split(", ")
    assert rules[-1] == "MAP * ~NOTFOUND"
    assert set(rules[:-1]) == {
        "MAP clinic.test:8000 clinic.test:8000",
        "MAP sso.test:443 sso.test:443",
        "EXCLUDE cdn.test",
        "MAP files.test:9000 files.test:9000",
    }


@pytest.mark.parametrize("host", ["localhost", "app.localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_a_loopback_name_is_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["clinic.test", "10.0.0.1", "localhost.evil.test"])
def test_another_name_is_not(host: str) -> None:
    assert not is_this_machine(host)

import pytest

from sessionward.session.adapters.client_facts import client_facts, client_of, device_family, network_prefix
from sessionward.session.state import Client

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    "user_agent,expected",
    [
        (f"{WINDOWS} Chrome/140.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{WINDOWS} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (f"{IPHONE} Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (f"{IPHONE} CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        ("okhttp/4.12.0", "an Android app"),
        ("curl/8.5.0", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_device_is_named_as_its_owner_would(user_agent: str, expected: str) -> None:
    assert device_family(user_agent) == expected


@pytest.mark.parametrize(
    "address,expected",
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", "unknown"),
        ("", "unknown"),
    ],
)
def test_of_an_address_only_the_prefix_is_kept(address: str, expected: str) -> None:
    assert network_prefix(address) == expected


def test_what_is_not_known_is_said_so() -> None:
    assert client_facts(None, None) == Client(device="unknown", network="unknown")
    assert client_of([], None) == client_of([], ()) == client_facts(None, None)


def test_the_client_of_a_connection_is_told_by_its_first_user_agent_and_its_address() -> None:
    headers = [(b"host", b"a"), (b"user-agent", IPHONE.encode()), (b"user-agent", WINDOWS.encode())]
    assert client_of(headers, ("192.0.2.77", 4711)) == client_facts(IPHONE, "192.0.2.77")

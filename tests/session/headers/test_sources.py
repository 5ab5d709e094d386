import pytest

from sessionward.session.headers.sources import check_scripts, check_sources
from sessionward.session.policy import PolicyError

HASH = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


@pytest.mark.parametrize(
    "source",
    [
        "'self'",
        "https://cdn.example",
        "https://cdn.example:8443/fonts/",
        "wss://live.example",
        "http://localhost:8000",
    ],
)
def test_a_source_that_names_its_host_is_taken(source: str) -> None:
    check_sources("images", [source])
    check_scripts([source] if source.startswith(("'", "https")) else [], nonce=False)


@pytest.mark.parametrize(
    "source",
    [
        "*",
        "https:",
        "https://*",
        "https://*.cdn.example",
        "http://cdn.example",
        "ws://live.example",
        "data:",
        "blob:",
        "self",
        "cdn.example",
        "'none'",
        "'unsafe-inline'",
        "https://a.example; script-src *",
        "https://a.example, *",
        "https://a.example https://b.example",
        "https://a.example\r\nX: y",
        "",
        HASH,
    ],
)
def test_a_source_that_lets_in_anything_or_is_none_is_refused(source: str) -> None:
    with pytest.raises(PolicyError, match=r"^images has "):
        check_sources("images", [source])


def test_pictures_may_be_made_in_the_page_and_styles_stand_in_it_by_their_hash() -> None:
    check_sources("images", ["data:", "blob:"], local=True)
    check_sources("styles", [HASH], inline=True)


def test_a_text_is_no_list() -> None:
    with pytest.raises(PolicyError, match="must be a list"):
        check_sources("images", "https://cdn.example")


@pytest.mark.parametrize(
    "source,message",
    [
        ("'unsafe-inline'", "use the nonce or a hash"),
        ("'unsafe-eval'", "use the nonce or a hash"),
        ("'nonce-abc'", "one is made for each answer"),
        ("'self'", "counts for nothing beside a nonce"),
        ("https://cdn.example", "counts for nothing beside a nonce"),
        ("*", "counts for nothing beside a nonce"),
    ],
)
def test_beside_the_nonce_only_hashes_count(source: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        check_scripts([source], nonce=True)
    check_scripts([HASH, "'wasm-unsafe-eval'"], nonce=True)


@pytest.mark.parametrize("source", ["*", "data:", "blob:", "https:", "http://cdn.example"])
def test_without_a_nonce_scripts_come_from_named_hosts(source: str) -> None:
    with pytest.raises(PolicyError):
        check_scripts([source], nonce=False)

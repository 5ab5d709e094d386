import re

import pytest

from sessionward.session.stores.redis_scripts import KEYS, NAMES, Keys, script

COMMAND = re.compile(r"redis\.call\('([A-Z]+)', (\w+)")


@pytest.mark.parametrize("name", sorted(KEYS))
def test_each_script_touches_exactly_the_keys_that_it_declares(name: str) -> None:
    touched = {key for _, key in COMMAND.findall(script(name).text)}
    assert touched == set(KEYS[name])


@pytest.mark.parametrize("name", sorted(KEYS))
def test_each_script_has_the_functions_that_it_calls_above_where_it_calls_them_and_no_others(
    name: str,
) -> None:
    text = re.sub(r"--.*", "", script(name).text)
    for found in re.finditer(r"local function (\w+)\(", text):
        before, after = text[: found.start()], text[found.end() :]
        assert re.search(rf"\b{found[1]}\(", after)
        assert not re.search(rf"\b{found[1]}\(", before)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_no_script_touches_anything_but_by_a_key_of_the_stores(name: str) -> None:
    text = script(name).text
    assert len(re.findall(r"redis\.call\(", text)) == len(COMMAND.findall(text))
    assert {key for _, key in COMMAND.findall(text)} <= set(NAMES)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_no_script_asks_the_server_for_the_time_or_gives_a_key_a_time_to_live(name: str) -> None:
    commands = {command for command, _ in COMMAND.findall(script(name).text)}
    assert not {
        command for command in commands if "EXPIRE" in command or command in {"TIME", "SETEX", "PSETEX"}
    }
    assert "os." not in script(name).text


def test_all_keys_of_a_store_are_of_one_slot_and_of_no_other_stores() -> None:
    keys, others = Keys("clinic"), Keys("clinic2")
    for name in KEYS:
        tenant = b"}north{" if "trail" in KEYS[name] else None
        assert all(key.startswith(b"{clinic}:") for key in keys.of(name, tenant))
        assert not set(keys.of(name, tenant)) & set(others.of(name, tenant))


def test_a_trail_is_a_tenants_own() -> None:
    keys = Keys("clinic")
    assert keys.of("audit_append", b"north") == (b"{clinic}:trail:north",)
    assert keys.of("audit_since", b"south") == (b"{clinic}:trail:south",)


@pytest.mark.parametrize("name", ["", "{", "a}b", "a b", "ä", "a\n"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be named"):
        Keys(name)

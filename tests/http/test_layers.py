import base64
import json
import zlib
from urllib.parse import quote

import pytest

from sessionward.http.layers import exchanged, leaves

HEAD = '{"alg":"HS256"}'
CLAIMS = {"sub": "17", "n": 5, "deep": [{"mail": "olga@app.test"}]}


def b64(text: str, *, padded: bool = False) -> str:
    coded = base64.urlsafe_b64encode(text.encode()).decode()
    return coded if padded else coded.rstrip("=")


WRAPPED = {
    "plain": json.dumps(CLAIMS),
    "percent": quote(json.dumps(CLAIMS), safe=""),
    "base64": b64(json.dumps(CLAIMS)),
    "padded base64": b64(json.dumps(CLAIMS), padded=True),
    "hexadecimal": json.dumps(CLAIMS).encode().hex(),
    "signed": f"{b64(json.dumps(CLAIMS))}.aGVsbG8.{'x' * 27}",
    "web token": f"{b64(HEAD)}.{b64(json.dumps(CLAIMS))}.{'y' * 43}",
    "quoted": '"' + json.dumps(CLAIMS).replace('"', '\\"').replace(",", "\\054") + '"',
    "zipped": "." + base64.urlsafe_b64encode(zlib.compress(json.dumps(CLAIMS).encode())).decode().rstrip("="),
}


def texts(value: str) -> dict[str, str]:
    return {leaf.path[-1]: leaf.text for leaf in leaves(value) if leaf.path}


@pytest.mark.parametrize("wrap", WRAPPED)
def test_what_stands_inside_is_read_through_its_encoding(wrap: str) -> None:
    found = texts(WRAPPED[wrap])
    assert found["json sub"] == "17"
    assert found["json deep/0/mail"] == "olga@app.test"


@pytest.mark.parametrize("wrap", WRAPPED)
def test_another_text_in_one_place_leaves_the_rest_as_it_was(wrap: str) -> None:
    value = WRAPPED[wrap]
    path = next(leaf.path for leaf in leaves(value) if leaf.path[-1:] == ("json sub",))
    changed = exchanged(value, {path: "18"})
    assert changed is not None
    found = texts(changed)
    assert (found["json sub"], found["json n"], found["json deep/0/mail"]) == ("18", "5", "olga@app.test")


def test_a_number_stays_a_number() -> None:
    changed = exchanged('{"n":5}', {("json n",): "6"})
    assert changed == '{"n":6}'


def test_named_parts_and_parts_between_separators_are_told_apart() -> None:
    leaf = next(leaf for leaf in leaves("user=17&role=patient") if leaf.text == "17")
    assert (leaf.name, leaf.put("18")) == ("user", "user=18&role=patient")
    assert exchanged("17|abc", {("part 0 by |",): "18"}) == "18|abc"


def test_a_name_of_three_letters_is_read_as_a_longer_one_is() -> None:
    olga, ina = (f"{b64(name, padded=True)}|0|kf2mg/Jg" for name in ("olga", "ina"))
    path = next(leaf.path for leaf in leaves(olga) if leaf.text == "olga")
    assert next(leaf.text for leaf in leaves(ina) if leaf.path == path) == "ina"
    assert exchanged(ina, {path: "eva"}) == f"{b64('eva')}|0|kf2mg/Jg"


@pytest.mark.parametrize("value", ["user", "true", "lang", "d3-_"])
def test_a_short_word_is_no_name_in_base64(value: str) -> None:
    assert [leaf for leaf in leaves(value) if leaf.path[-1:] == ("base64",)] == []


def test_a_path_that_is_not_there_gives_nothing() -> None:
    assert exchanged("abc", {("json x",): "1"}) is None


@pytest.mark.parametrize(
    "value", ["", "f" * 32, "Zm9v\x00", "%", "{", ".", "..", "===", "[" * 50, "." + "A" * 40]
)
def test_what_holds_nothing_is_only_itself_or_its_pieces(value: str) -> None:
    assert leaves(value)[0].text == value


@pytest.mark.parametrize("joint", ["--", "."])
def test_padding_before_a_signature_is_no_name(joint: str) -> None:
    body = base64.b64encode(b'{"sub": "17", "mail": "olga@app.test"}').decode()
    assert body.endswith("=")
    assert texts(f"{body}{joint}{'5f' * 20}")["json mail"] == "olga@app.test"


def marshalled(mail: str) -> str:
    """As Rails writes a hash into a signed cookie: Ruby's Marshal, base64, two dashes, the signature."""
    raw = b'\x04\x08{\x06I"\x09mail\x06:\x06ETI"' + bytes([len(mail) + 5]) + mail.encode() + b"\x06;\x00T"
    return f"{base64.b64encode(raw).decode()}--{'5f' * 20}"


def test_texts_in_what_a_language_wrote_as_bytes_are_read() -> None:
    assert "olga@app.test" in {leaf.text for leaf in leaves(marshalled("olga@app.test"))}


def test_among_bytes_only_a_text_of_the_same_length_takes_another_s_place() -> None:
    value = marshalled("olga@app.test")
    leaf = next(leaf for leaf in leaves(value) if leaf.text == "olga@app.test")
    assert leaf.put("stan@app.test") == marshalled("stan@app.test")
    assert leaf.put("somebody@app.test") == value

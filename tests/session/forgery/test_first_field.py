import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.forgery.first_field import FIELDS, token_in_form

FORM = "application/x-www-form-urlencoded"
UPLOAD = "multipart/form-data; boundary=----x"


def upload(*parts: tuple[str, str]) -> bytes:
    lines = "".join(
        f'------x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts
    )
    return f"{lines}------x--\r\n".encode()


@pytest.mark.parametrize("name", FIELDS)
def test_a_form_holds_its_token_anywhere_and_an_upload_in_its_first_field(name: str) -> None:
    assert token_in_form(FORM, f"a=1&{name}=T&b=2".encode(), whole=True) == "T"
    assert token_in_form(f"{FORM}; charset=utf-8", f"{name}=T".encode(), whole=True) == "T"
    assert token_in_form(UPLOAD, upload((name, "T"), ("file", "x" * 9999)), whole=False) == "T"
    assert token_in_form(UPLOAD, upload(("file", "x"), (name, "T")), whole=True) is None


@pytest.mark.parametrize(
    "kind", ['multipart/form-data; boundary="----x"', "Multipart/Form-Data; a=b; Boundary=----x"]
)
def test_a_boundary_may_be_quoted(kind: str) -> None:
    assert token_in_form(kind, upload(("csrf_token", "T")), whole=True) == "T"


@pytest.mark.parametrize(
    "kind,body",
    [
        ("application/json", b'{"csrf_token": "T"}'),
        ("text/plain", b"csrf_token=T"),
        ("", b"csrf_token=T"),
        (FORM, b"csrf_token=T&csrf_token=U"),
        (FORM, b"&".join([b"a=1"] * 1001 + [b"csrf_token=T"])),
        ("multipart/form-data", upload(("csrf_token", "T"))),
        (UPLOAD, b""),
        (UPLOAD, upload(("csrf_token", "T" * 300))),
        (UPLOAD, b"--other" + upload(("csrf_token", "T"))),
        (UPLOAD, upload(("csrf_token", "T")).replace(b"\r\n", b"\n")),
    ],
)
def test_a_token_elsewhere_is_none(kind: str, body: bytes) -> None:
    assert token_in_form(kind, body, whole=True) is None


def test_a_token_that_the_look_cuts_off_is_none() -> None:
    assert token_in_form(FORM, b"a=1&csrf_token=T", whole=False) is None
    assert token_in_form(FORM, b"csrf_token=T&a=1", whole=False) == "T"


@given(
    kind=st.sampled_from([FORM, UPLOAD, "multipart/form-data; boundary="]),
    body=st.binary(max_size=200),
    whole=st.booleans(),
)
def test_garbage_holds_no_token_and_does_no_harm(kind: str, body: bytes, *, whole: bool) -> None:
    assert token_in_form(kind, body, whole=whole) is None

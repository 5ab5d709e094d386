import json

import pytest

from sessionward.audit.browser.forgery_page import forgery_page, form_fields
from sessionward.audit.driver import DriverError
from sessionward.http import Request

URL = 'http://clinic.test/x?a=1&b="2"'


def post(kind: str, body: bytes) -> Request:
    return Request(method="POST", url=URL, headers=(("Content-Type", kind),), body=body)


def test_fields_of_a_form_stay_fields() -> None:
    request = post("application/x-www-form-urlencoded; charset=UTF-8", b"user=ana%40x&empty=&user=b+c")
    enctype, fields = form_fields(request)
    assert enctype == "application/x-www-form-urlencoded"
    assert fields == (("user", "ana@x"), ("empty", ""), ("user", "b c"))


def test_json_with_an_equals_sign_is_parted_there() -> None:
    body = b'{"token":"YWI=","q":"a=b"}'
    enctype, fields = form_fields(post("application/json", body))
    assert enctype == "text/plain"
    assert [f"{name}={value}".encode() for name, value in fields] == [body]


@pytest.mark.parametrize("given", [{"user": "ana", "n": [1, {"b": None}]}, {}])
def test_json_without_one_keeps_its_members(given: dict[str, object]) -> None:
    _, ((name, value),) = form_fields(post("application/json", json.dumps(given).encode()))
    arrived = json.loads(f"{name}={value}\r\n")
    assert {key: arrived[key] for key in arrived if key != "sessionward"} == given


def test_multipart_fields_are_read_without_files() -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="user"\r\n\r\nan\xc3\xa4\r\n'
        b'--B\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\nxx\r\n--B--\r\n'
    )
    assert form_fields(post("multipart/form-data; boundary=B", body)) == (
        "multipart/form-data",
        (("user", "anä"),),
    )


def test_a_post_without_a_body_is_an_empty_form() -> None:
    assert form_fields(Request(method="POST", url=URL)) == ("application/x-www-form-urlencoded", ())


def test_values_cannot_break_out_of_the_page() -> None:
    request = post(
        "application/x-www-form-urlencoded", b"a=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    )
    assert "<script>alert" not in forgery_page(request, "form")
    assert 'action="http://clinic.test/x?a=1&amp;b=&quot;2&quot;"' in forgery_page(request, "form")


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(DriverError, match="use navigate, image, form or fetch"):
        forgery_page(Request(method="GET", url=URL), "carrier pigeon")

import zlib

import pytest

from sessionward.audit.calibrate.file_contents import digest, is_blank_table, is_pdf, text_in
from sessionward.http import Response


def pdf(text: str, *, stamp: str = "1", packed: bool = True) -> Response:
    content = f"BT /F1 12 Tf ({text}) Tj ET".encode()
    body = b"%PDF-1.7\n1 0 obj<</Length 9>>stream\n" + (zlib.compress(content) if packed else content)
    body += f"\nendstream endobj\n<</CreationDate(D:{stamp})>>\ntrailer<</ID[<{stamp}><{stamp}>]>>".encode()
    return Response(status=200, headers=(("Content-Type", "application/pdf"),), body=body)


def test_a_pdf_made_twice_is_the_same_document() -> None:
    assert digest(pdf("iron is low", stamp="1")) == digest(pdf("iron is low", stamp="2"))
    assert digest(pdf("iron is low")) != digest(pdf("iron is high"))


def test_other_files_are_compared_byte_by_byte() -> None:
    one, two = (Response(status=200, body=body) for body in (b"a,b", b"a,c"))
    assert digest(one) != digest(two)


def test_the_text_of_a_pdf_is_read_packed_or_not() -> None:
    for packed in (True, False):
        assert "iron (slightly) is low" in text_in(pdf("iron \\(slightly\\) is low", packed=packed))


@pytest.mark.parametrize(
    "kind, body, blank",
    [
        ("text/csv", b"id,title,creator\r\n", True),
        ("text/csv; charset=utf-8", b"", True),
        ("text/csv", b"id,title\r\n1,Knee\r\n", False),
        ("text/plain", b"one line", False),
    ],
)
def test_a_table_with_names_of_columns_alone_holds_nothing(kind: str, body: bytes, blank: bool) -> None:  # noqa: FBT001
    response = Response(status=200, headers=(("Content-Type", kind),), body=body)
    assert is_blank_table(response) is blank


def test_a_pdf_is_known_by_its_bytes_and_text_by_its_type() -> None:
    assert is_pdf(Response(status=200, body=b"%PDF-1.4"))
    csv = Response(status=200, headers=(("Content-Type", "text/csv"),), body=b"name,allergy")
    assert text_in(csv) == "name,allergy"
    assert text_in(Response(status=200, headers=(("Content-Type", "image/png"),), body=b"\x89PNG name")) == ""

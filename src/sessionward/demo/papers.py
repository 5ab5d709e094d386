"""Documents: a letter as PDF and a chart as PNG for each patient, drawn when the clinic opens."""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from sessionward.demo.people import Account, People, Role

PDF = "application/pdf"
PNG = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document of one patient."""

    id: str
    owner: Account
    title: str
    file_name: str
    media_type: str
    content: bytes = field(repr=False)


class Papers:
    """All documents of both clinics."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        """These and no others."""
        self._by_id = {paper.id: paper for paper in papers}

    def get(self, paper_id: str) -> Paper | None:
        """The document of that id, whoever asks."""
        return self._by_id.get(paper_id)

    def of(self, owner: Account) -> list[Paper]:
        """The documents of one patient."""
        return [paper for paper in self._by_id.values() if paper.owner is owner]


def open_papers(people: People, tenants: Iterable[str]) -> Papers:
    """The documents of everybody who has records."""
    accounts = (account for tenant in tenants for account in people.of_tenant(tenant))
    return Papers(
        paper
        for account in accounts
        if account.role is Role.PATIENT and account.records
        for paper in (_letter(account), _chart(account))
    )


def _letter(owner: Account) -> Paper:
    lines = [f"{record.date}  {record.title}" for record in owner.records]
    text = ["Fjordview Clinic", "Summary of care", "", owner.name, owner.address, owner.phone, ""]
    for line, record in zip(lines, owner.records, strict=True):
        text += [line, *wrap(record.text, 80), ""]
    return Paper(
        id=_paper_id(owner, "letter"),
        owner=owner,
        title="Summary of care",
        file_name="summary-of-care.pdf",
        media_type=PDF,
        content=pdf(text),
    )


def _chart(owner: Account) -> Paper:
    seed = hashlib.sha256(f"chart of {owner.id}".encode()).digest()
    return Paper(
        id=_paper_id(owner, "chart"),
        owner=owner,
        title="Home readings, last four weeks",
        file_name="home-readings.png",
        media_type=PNG,
        content=png(tuple(40 + byte % 50 for byte in seed[:28]), f"Home readings of {owner.name}"),
    )


def _paper_id(owner: Account, kind: str) -> str:
    return "doc-" + hashlib.sha256(f"{kind} of {owner.tenant} {owner.id}".encode()).hexdigest()[:12]


def pdf(lines: Sequence[str]) -> bytes:
    """A page of text, uncompressed. What Latin-1 does not know becomes a question mark."""
    shown = (line.encode("latin-1", "replace").decode("latin-1") for line in lines)
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in shown)
    text = "BT /F1 11 Tf 15 TL 60 780 Td\n" + "".join(f"({line}) Tj T*\n" for line in escaped) + "ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>>>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count, start = len(objects) + 1, len(out)
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


BAR, GAP, HEIGHT = 10, 4, 120
PAPER_SHADE, BAR_SHADE = 246, 96


def png(heights: Sequence[int], title: str) -> bytes:
    """A grey bar chart with its title in the file's text. Heights are pixels, at most 120."""
    step = BAR + GAP
    width = step * len(heights) + GAP
    rows = b"".join(
        b"\0"
        + bytes(
            BAR_SHADE if column % step >= GAP and row >= HEIGHT - heights[column // step] else PAPER_SHADE
            for column in range(width - GAP)
        )
        + bytes([PAPER_SHADE] * GAP)
        for row in range(HEIGHT)
    )
    header = struct.pack(">IIBBBBB", width, HEIGHT, 8, 0, 0, 0, 0)
    text = b"Title\0" + title.encode("latin-1", "replace")
    chunks = ((b"IHDR", header), (b"tEXt", text), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(chunk: tuple[bytes, bytes]) -> bytes:
    kind, content = chunk
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

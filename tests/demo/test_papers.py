import struct
import zlib

from sessionward.demo.papers import PDF, PNG, open_papers, pdf, png
from sessionward.demo.people import People
from sessionward.demo.sample_people import ANA, PEOPLE


def test_each_patient_has_a_letter_and_a_picture_of_their_own() -> None:
    people = People(PEOPLE, 2)
    papers = open_papers(people, ("north", "south"))
    ana = people.get("ana")
    assert ana
    letter, picture = papers.of(ana)
    assert (letter.media_type, picture.media_type) == (PDF, PNG)
    assert ANA.phone.encode() in letter.content
    assert papers.get(letter.id) is letter
    assert papers.get("none") is None
    ida = people.get("ida")
    assert ida
    assert papers.of(ida) == []


def test_the_addresses_of_documents_stay_from_one_opening_to_the_next() -> None:
    people = People(PEOPLE, 2)
    ana = people.get("ana")
    assert ana
    again = [[paper.id for paper in open_papers(people, ("north",)).of(ana)] for _ in range(2)]
    assert again[0] == again[1]


def test_a_page_of_text_says_rightly_where_its_objects_lie() -> None:
    made = pdf(["A (bracket) and a \\", "Ångström", "日本"])
    assert made.startswith(b"%PDF-1.4\n")
    assert rb"A \(bracket\) and a \\" in made
    start = int(made.split(b"startxref\n")[1].split()[0])
    assert made[start : start + 4] == b"xref"
    for number, line in enumerate(made[start:].splitlines()[3:8], start=1):
        assert made[int(line[:10]) :].startswith(f"{number} 0 obj".encode())


def test_a_picture_is_as_wide_and_high_as_it_says() -> None:
    made = png((10, 120, 60), "Readings")
    width, height = struct.unpack(">II", made[16:24])
    begin = made.index(b"IDAT") + 4
    rows = zlib.decompress(made[begin : made.index(b"IEND") - 8])
    assert len(rows) == height * (width + 1)
    assert b"Title\0Readings" in made

from sessionward.demo.consultations import MOST_LINES, Consultations, Line, Room


def line(text: str) -> Line:
    return Line(speaker="Ana", text=text, time="09:00")


async def test_whoever_is_there_hears_what_is_said_and_who_comes_and_goes() -> None:
    room = Room()
    with room.entered("Ana") as ana:
        with room.entered("Ida") as ida:
            room.say(line("Hello"))
            assert [ida.get_nowait()["kind"] for _ in range(3)] == ["state", "presence", "line"]
        heard = [ana.get_nowait() for _ in range(ana.qsize())]
    assert [news.get("present") for news in heard] == [["Ana"], ["Ana"], ["Ana", "Ida"], None, ["Ana"]]
    assert room.present == {}


async def test_who_comes_later_is_told_what_was_said() -> None:
    room = Room()
    for number in range(MOST_LINES + 1):
        room.say(line(str(number)))
    assert [each.text for each in room.lines] == [str(number) for number in range(1, MOST_LINES + 1)]
    with room.entered("Ida") as heard:
        state = heard.get_nowait()
    assert isinstance(state["lines"], list)
    assert len(state["lines"]) == MOST_LINES


def test_each_patient_of_each_clinic_has_a_room() -> None:
    consultations = Consultations()
    assert consultations.room("north", "ana") is consultations.room("north", "ana")
    assert consultations.room("north", "ana") is not consultations.room("south", "ana")

from tests.demo.trial import make_trial


async def test_what_was_done_is_said_once() -> None:
    guest = make_trial().guest()
    await guest.log_in()
    await guest.submit("/history", {"language": "Swedish"})
    said = [("is saved for your doctor" in (await guest.get("/history")).text) for _ in range(2)]
    assert said == [True, False]

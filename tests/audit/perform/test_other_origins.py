from pathlib import Path

from sessionward.audit.observation import Readout
from sessionward.audit.probe import ReadAcross
from tests.audit.perform.fake_app import FakeApp
from tests.audit.perform.stages import PROFILE, RUN, world


async def test_what_another_origin_is_given_is_judged_by_the_markers(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(frames="all"))
    session = await here.log_in()
    heard: Readout = await here.performer.perform(
        ReadAcross(session=session, exchange=PROFILE, origin="other"), RUN
    )
    assert (heard.readable, heard.shows, heard.cookies) == (True, "owner", ("sid",))


async def test_an_origin_that_is_given_nothing_hears_why(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    heard: Readout = await here.performer.perform(
        ReadAcross(session=session, exchange=PROFILE, origin="null"), RUN
    )
    assert (heard.readable, heard.shows, heard.reason) == (False, "nobody", "sid was kept back (SameSite)")

from dataclasses import replace

import pytest

from sessionward.audit.experiment.actions import resident
from sessionward.audit.experiment.boundary import Tried, area, meant_for_higher, reach_up, speaks
from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.probe import Probe
from sessionward.audit.scene import PersonalExchange
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import ADMIN_PAGE, ROTA, START, peopled
from tests.audit.experiment.steps_of import walk

SCENE = peopled("administrator", privileged={"administrator": (ADMIN_PAGE, ROTA)})


def tried(app: FakeApp) -> Tried:
    found = Tried()
    lower = walk(resident("stranger", Guard.OTHER), app)
    walk(reach_up(SCENE, "administrator", lower, found), app)
    return found


def test_what_is_shown_and_what_is_refused_are_kept_apart() -> None:
    found = tried(FakeApp(leaks=frozenset({("rota", "stranger")})))
    assert (found.shown, found.refused) == ([ROTA], [ADMIN_PAGE])
    assert meant_for_higher(SCENE, found) == (ROTA,)


def test_a_lost_session_of_the_higher_role_proves_nothing() -> None:
    def lost(probe: Probe[object]) -> int:
        return 403 if getattr(probe, "party", "") == "administrator" else 0

    with pytest.raises(CannotTell, match="of the administrator was lost"):
        tried(FakeApp(breaks=lost))


def test_a_neighbour_in_another_part_of_the_app_proves_nothing() -> None:
    elsewhere = replace(ADMIN_PAGE, request=Request(method="GET", url=f"{START}cellar/accounts"))
    assert meant_for_higher(SCENE, Tried(shown=[ROTA], refused=[elsewhere])) == ()


def at(path: str) -> PersonalExchange:
    return replace(ROTA, id=path, request=Request(method="GET", url=f"{START}{path}"))


def test_an_interface_called_admin_that_serves_everybody_says_nothing_of_what_stands_in_it() -> None:
    own = replace(SCENE.oracle, request=Request(method="GET", url=f"{START}app/api/admin/users/me"))
    known = replace(SCENE, private=(own,), personal=())
    posts, members, users = (at(f"app/api/admin/{what}") for what in ("posts", "members", "members/7"))
    assert meant_for_higher(known, Tried(shown=[posts], refused=[members])) == ()
    assert meant_for_higher(known, Tried(shown=[users], refused=[members])) == (users,)
    assert meant_for_higher(known, Tried(shown=[at("app/api/admin/staff/9")])) != ()


def test_another_of_the_lower_roles_own_kind_may_be_reserved_all_the_same() -> None:
    own = replace(SCENE.oracle, request=Request(method="GET", url=f"{START}patients/me"))
    known = replace(SCENE, private=(own,), personal=())
    shown, refused = at("patients/17"), at("patients/18")
    assert meant_for_higher(known, Tried(shown=[shown], refused=[refused])) == (shown,)


@pytest.mark.parametrize(
    "path, part",
    [("office/rota", "office"), ("api/v2/office/rota", "office"), ("", ""), ("API/Office", "office")],
)
def test_the_part_of_an_app_is_the_first_that_says_something(path: str, part: str) -> None:
    assert area(replace(ROTA, request=Request(method="GET", url=f"{START}{path}"))) == part


def test_a_path_speaks_of_a_role_by_a_whole_part() -> None:
    assert speaks(("admin", "users"), ())
    assert speaks(("doctor", "rota"), ("doctor",))
    assert not speaks(("doctors", "5"), ("doctor",))
    assert not speaks(("administered-vaccines",), ())

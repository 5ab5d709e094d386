from dataclasses import replace

import pytest

from sessionward.audit.experiment.actions import resident
from sessionward.audit.experiment.boundary import (
    Tried,
    area,
    meant_for_higher,
    names_owner,
    reach_up,
    speaks,
    walks,
    withheld,
)
from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.probe import Probe
from sessionward.audit.scene import PersonalExchange
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import ADMIN_PAGE, ROTA, START, peopled, scene
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


MENU = replace(
    ADMIN_PAGE,
    texts=("House keeping", "What can be kept here", "Wards", "Beds", "Doctors on call", "Invoices"),
)


def test_the_heading_of_a_page_without_what_stands_below_it_is_not_the_page() -> None:
    known = replace(SCENE, privileged={"administrator": (MENU, ROTA)})
    app, found = FakeApp(heads=frozenset({("accounts", "stranger")})), Tried()
    walk(reach_up(known, "administrator", walk(resident("stranger", Guard.OTHER), app), found), app)
    assert (found.shown, found.partly, found.refused) == ([], [MENU], [ROTA])
    assert meant_for_higher(known, found) == ()


def test_less_than_half_of_a_page_is_a_part_of_it() -> None:
    assert [given for given in range(7) if withheld(MENU.texts, MENU.texts[:given])] == [0, 1, 2]


def test_a_part_that_is_private_to_another_account_is_shown_all_the_same() -> None:
    menu = replace(MENU, texts=(*SCENE.personal[0].texts, *MENU.texts))
    known = replace(SCENE, privileged={"administrator": (menu,)})
    app, found = FakeApp(heads=frozenset({("accounts", "stranger")})), Tried()
    walk(reach_up(known, "administrator", walk(resident("stranger", Guard.OTHER), app), found), app)
    assert (found.shown, found.partly, found.private) == ([menu], [], [menu])


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


@pytest.mark.parametrize(
    "path, part",
    [
        ("office/rota", ("office",)),
        ("api/v2/office/rota", ("api", "v2", "office")),
        ("", ()),
        ("API/Office", ("api", "office")),
        ("portal/ward/rota", ("portal", "ward")),
        ("portal/letters/12", ("portal", "letters", "12")),
        ("index.php?page=rota&id=7", ("index.php", "rota")),
        ("office/rota?page=2", ("office",)),
        ("app.php/office/rota", ("app.php", "office")),
    ],
)
def test_the_part_of_an_app_is_the_first_that_says_something_and_is_not_the_lower_role_s_too(
    path: str, part: tuple[str, ...]
) -> None:
    lower = scene(pages=(f"{START}portal/letters", f"{START}index.php?page=letters"))
    asked = replace(ROTA, request=Request(method="GET", url=f"{START}{path}"))
    assert area(asked, walks(lower)) == part


def test_an_app_that_lives_below_one_path_is_not_one_part() -> None:
    below = replace(SCENE, pages=(f"{START}portal/home", f"{START}portal/letters"))
    handbook = replace(ROTA, request=Request(method="GET", url=f"{START}portal/handbook"))
    queue = replace(ADMIN_PAGE, request=Request(method="GET", url=f"{START}portal/ward/queue"))
    assert meant_for_higher(below, Tried(shown=[handbook], refused=[queue])) == ()
    rota = replace(ROTA, request=Request(method="GET", url=f"{START}portal/ward/rota"))
    assert meant_for_higher(below, Tried(shown=[rota], refused=[queue])) == (rota,)


def test_a_text_names_another_account_by_its_whole_name_or_address() -> None:
    assert names_owner(SCENE, ["Olga Owner waits since nine"])
    assert names_owner(SCENE, ["olga@app.test"])
    assert not names_owner(SCENE, ["Olga waits", "Night shift on Monday"])


def test_a_path_speaks_of_a_role_by_a_whole_part() -> None:
    assert speaks(("admin", "users"), ())
    assert speaks(("doctor", "rota"), ("doctor",))
    assert speaks(("portal", "doctor"), ("doctor",))
    assert speaks(("staff", "rota"), ())
    assert not speaks(("doctors", "5"), ("doctor",))
    assert not speaks(("administered-vaccines",), ())


def test_a_directory_of_those_who_work_there_speaks_of_no_area() -> None:
    assert not speaks(("fhir", "practitioner", "3"), ())
    assert not speaks(("doctor", "3"), ("doctor",))
    assert not speaks(("staff",), ())


def test_a_path_to_a_person_who_is_called_like_a_role_is_for_nobody_in_particular() -> None:
    assert not speaks(("users", "admin"), ("admin",), ("admin",))
    assert not speaks(("wiki", "admin", "history"), ("admin",), ("admin",))
    assert speaks(("admin", "users"), ("admin",), ("admin",))
    assert speaks(("api", "v1", "admin"), ("admin",), ("admin",))
    assert speaks(("staff", "admin"), (), ("admin",))


def test_another_page_of_the_one_script_that_serves_all_proves_nothing() -> None:
    accounts, news = (
        replace(one, request=Request(method="GET", url=f"{START}app.php?id=17&do={asked}"))
        for one, asked in ((ADMIN_PAGE, "accounts"), (ROTA, "news"))
    )
    assert meant_for_higher(SCENE, Tried(shown=[news], refused=[accounts])) == ()


def test_where_the_whole_app_lies_under_a_path_that_path_says_nothing() -> None:
    house = replace(SCENE, start="http://app.test/admin/")
    rota, cellar = (
        replace(one, request=Request(method="GET", url=f"http://app.test/admin/{path}"))
        for one, path in ((ROTA, "rota"), (ADMIN_PAGE, "cellar/accounts"))
    )
    assert meant_for_higher(house, Tried(shown=[rota], refused=[cellar])) == ()


def test_a_part_of_the_app_that_holds_pages_of_the_lower_role_too_is_not_reserved() -> None:
    rota, accounts = (
        replace(one, request=Request(method="GET", url=f"{START}wiki/{path}"))
        for one, path in ((ROTA, "rota"), (ADMIN_PAGE, "accounts"))
    )
    found = Tried(shown=[rota], refused=[accounts])
    assert meant_for_higher(SCENE, found) == (rota,)
    own = replace(SCENE.oracle, request=Request(method="GET", url=f"{START}wiki/me"))
    assert meant_for_higher(replace(SCENE, private=(own,)), found) == ()

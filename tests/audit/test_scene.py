from dataclasses import replace

import pytest

from sessionward.audit.scene import PolicyFacts, PrivateExchange, Scene, Shows, identify
from sessionward.http import Carrier, Exchange, Request, Response, TokenKey

MARKERS = {"owner": ("Ana Kovac", "ana@example.org"), "stranger": ("Ben Ito",)}
SID, BEARER = TokenKey(Carrier.COOKIE, "sid"), TokenKey(Carrier.HEADER, "authorization")
POLICY = PolicyFacts(profile="patient-portal", inactivity_timeout=900, absolute_lifetime=43200)
SCENE = Scene(start="http://localhost/", policy=POLICY, wait=1)


def answer(text: str, status: int = 200) -> Exchange:
    request = Request(method="GET", url="http://localhost/me")
    return Exchange(request=request, response=Response(status=status, body=text.encode()))


def private(*members: TokenKey) -> PrivateExchange:
    request = Request(method="GET", url="http://localhost/me")
    return PrivateExchange(id="me", request=request, members=frozenset(members), markers=MARKERS)


@pytest.mark.parametrize(
    "exchange,shows",
    [
        (answer("Hello Ana Kovac"), "owner"),
        (answer("<b>ana@example.org</b>"), "owner"),
        (answer("Hello Ben Ito"), "stranger"),
        (answer("Please log in"), "nobody"),
        (answer("Ana Kovac, Ben Ito"), "unclear"),
        (answer("Ana Kovac", 403), "owner"),
        (answer("Ana Kovac", 429), "error"),
        (answer("Ana Kovac", 503), "error"),
        (Exchange(request=Request(method="GET", url="http://localhost/"), error="refused"), "error"),
    ],
)
def test_whose_data_shows_is_judged_by_markers_and_an_error_by_its_status(
    exchange: Exchange, shows: Shows
) -> None:
    assert identify(MARKERS, exchange) == shows


def test_a_third_party_whose_marker_shows_is_nobody_known() -> None:
    assert identify({**MARKERS, "third": ("Cleo",)}, answer("Cleo")) == "unclear"


def test_further_parties_have_a_home_of_their_own() -> None:
    home = private(BEARER)
    scene = replace(SCENE, private=(private(SID),), homes={"staff": home})
    assert (scene.home("staff"), scene.home("owner")) == (home, scene.oracle)
    assert [scene.knows(party) for party in ("owner", "staff", "neighbour")] == [True, True, False]
    assert identify({"staff": ("Sara",)}, answer("Sara")) == "staff"


def test_the_first_private_exchange_is_the_oracle() -> None:
    scene = replace(SCENE, private=(private(SID), private(BEARER)))
    assert scene.oracle is scene.private[0]
    assert scene.members == {SID}


def test_without_private_exchanges_there_is_no_oracle() -> None:
    with pytest.raises(LookupError, match="no private exchange"):
        _ = SCENE.oracle


def test_a_channel_is_named_by_what_opens_it_in_any_order() -> None:
    assert private(SID, BEARER).channel == private(BEARER, SID).channel == "cookie sid + header authorization"
    assert private().channel == "nothing"


def test_tls_is_told_from_the_start_address() -> None:
    assert not SCENE.https
    assert replace(SCENE, start="https://localhost/").https


def test_no_marker_shows_in_a_repr() -> None:
    assert "Ana" not in repr(private(SID))

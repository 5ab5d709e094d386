from dataclasses import replace
from pathlib import Path

import pytest

from sessionward.audit.conduct.renewing import learn_renewals, traded
from sessionward.audit.observation import Session
from tests.audit.perform.stages import SID, World, world
from tests.audit.perform.trading_app import ME, RENEWAL, RENEWED, TradingApp


async def entered(path: Path, app: TradingApp) -> tuple[World, Session]:
    here = world(path, app)
    session = await here.log_in(keep=False)
    here.stage.scene = replace(here.stage.scene, private=(ME,))
    return here, session


async def test_a_cookie_that_is_traded_for_a_token_is_a_way_in(tmp_path: Path) -> None:
    here, session = await entered(tmp_path, TradingApp())
    (way,) = await learn_renewals(here.performer, here.performer.book.entry(session), [RENEWAL])
    assert (way.members, way.renewal, way.request) == (frozenset({SID}), RENEWAL, ME.request)
    assert list(traded([way])) == ["cookie sid opens the account as well: POST /renew trades it for a token."]


async def test_the_session_spent_on_it_holds_the_cookie_that_came_instead(tmp_path: Path) -> None:
    app = TradingApp()
    here, session = await entered(tmp_path, app)
    entry = here.performer.book.entry(session)
    await learn_renewals(here.performer, entry, [RENEWAL])
    held = entry.session.tokens.get(SID)
    assert held is not None
    assert held.value in app.sessions
    assert session.tokens.same_values(entry.session.tokens, {SID}) == frozenset()


async def test_a_token_that_is_handed_to_everybody_makes_no_way_in(tmp_path: Path) -> None:
    here, session = await entered(tmp_path, TradingApp(for_all=True))
    entry = here.performer.book.entry(session)
    assert await learn_renewals(here.performer, entry, [RENEWAL]) == ()


async def test_a_cookie_that_is_worth_nothing_makes_no_way_in(tmp_path: Path) -> None:
    app = TradingApp()
    here, session = await entered(tmp_path, app)
    app.sessions.clear()
    entry = here.performer.book.entry(session)
    assert await learn_renewals(here.performer, entry, [RENEWAL]) == ()


@pytest.mark.parametrize(
    "body",
    [
        b'{"refresh_token": "Zk3vQ9xT1mB7wL2cR8yN5pD4"}',
        b'{"refresh_token": "6f1c1b2e-8a4d-4c6e-9b59-0d2f7a3c5e11"}',
        b"refresh_token=Zk3vQ9xT1mB7wL2cR8yN5pD4&grant_type=refresh_token",
        b"grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA%3D%3D",
        b"<token>Zk3vQ9xT1mB7wL2cR8yN5pD4</token>",
    ],
)
async def test_a_secret_in_the_body_is_not_used_up(tmp_path: Path, body: bytes) -> None:
    app = TradingApp()
    here, session = await entered(tmp_path, app)
    request = replace(RENEWAL.request, body=body)
    entry = here.performer.book.entry(session)
    assert await learn_renewals(here.performer, entry, [replace(RENEWAL, request=request)]) == ()
    assert "POST /renew" not in app.asked


async def test_a_token_that_does_not_open_the_oracle_is_none_of_it(tmp_path: Path) -> None:
    here, session = await entered(tmp_path, TradingApp())
    here.stage.scene = replace(here.stage.scene, private=(replace(ME, members=RENEWED.members),))
    entry = here.performer.book.entry(session)
    assert await learn_renewals(here.performer, entry, [RENEWAL]) == ()

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from sessionward.phones import Nonces, Verifier, access_token_hash
from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.adapters.phone import refresh_by_phone
from sessionward.session.adapters.visit import Visit
from sessionward.session.policies import Policies
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore
from tests.session.adapters.portal import Portal
from tests.session.dpop.phone import proof

ORIGIN = "https://portal.example"


@pytest.fixture
def portal() -> Portal:
    made = Portal()
    made.app._dpop = Verifier(ORIGIN)  # noqa: SLF001 - the portal with proofs
    return made


@pytest.fixture
async def client(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.browser() as found:
        yield found


class Phone:
    """An app on a phone that holds a key."""

    def __init__(self, portal: Portal, client: httpx.AsyncClient, *, alg: str = "ES256") -> None:
        self.portal = portal
        self.client = client
        self.alg = alg
        self.pair: dict[str, Any] = {}
        self.made = 0

    def proof(self, method: str, path: str, **claims: object) -> str:
        self.made += 1
        at = {"jti": f"{self.alg}-{id(self)}-{self.made}", "iat": int(self.portal.now)}
        return proof(self.alg, **{**at, "htm": method, "htu": f"{ORIGIN}{path}", **claims})

    async def login(self) -> httpx.Response:
        path = "/phone/north/ana"
        answer = await self.client.post(path, headers={"dpop": self.proof("POST", path)})
        self.pair = answer.json()
        return answer

    async def get(self, path: str = "/me", *, scheme: str = "DPoP", **claims: object) -> httpx.Response:
        token = self.pair["access_token"]
        made = self.proof("GET", path, **{"ath": access_token_hash(token), **claims})
        return await self.client.get(path, headers={"authorization": f"{scheme} {token}", "dpop": made})


async def test_a_session_is_bound_to_the_key_that_was_proved_at_the_login(
    portal: Portal, client: httpx.AsyncClient
) -> None:
    phone = Phone(portal, client)
    await phone.login()
    assert phone.pair["token_type"] == "DPoP"
    assert (await phone.get()).json()["who"] == "north/ana"
    thief = Phone(portal, client, alg="Ed25519")
    thief.pair = phone.pair
    refused = await thief.get()
    assert refused.json()["who"] is None
    assert refused.headers["www-authenticate"].startswith('DPoP error="invalid_dpop_proof"')
    assert (await phone.get(scheme="Bearer")).json()["who"] is None
    assert (await phone.get(ath="x")).json()["who"] is None
    token = phone.pair["access_token"]
    plain = await client.get("/me", headers={"authorization": f"Bearer {token}"})
    assert plain.json()["who"] is None


async def test_a_proof_is_good_once(portal: Portal, client: httpx.AsyncClient) -> None:
    phone = Phone(portal, client)
    await phone.login()
    assert (await phone.get(jti="same")).json()["who"] == "north/ana"
    assert (await phone.get(jti="same")).json()["who"] is None


async def test_a_thief_without_the_key_neither_extends_nor_refreshes(
    portal: Portal, client: httpx.AsyncClient
) -> None:
    phone = Phone(portal, client)
    await phone.login()
    portal.now += 200
    token = phone.pair["access_token"]
    stolen = {"authorization": f"DPoP {token}", "session-activity": "?1"}
    assert (await client.get("/me", headers=stolen)).json()["who"] is None
    portal.now += 99
    assert (await client.post("/token", content=phone.pair["refresh_token"])).status_code == 400
    thief = Phone(portal, client, alg="Ed25519")
    refused = await client.post(
        "/token", content=phone.pair["refresh_token"], headers={"dpop": thief.proof("POST", "/token")}
    )
    assert refused.status_code == 400
    renewed = await client.post(
        "/token", content=phone.pair["refresh_token"], headers={"dpop": phone.proof("POST", "/token")}
    )
    phone.pair = renewed.json()
    assert (await phone.get()).json()["who"] == "north/ana"
    portal.now += 1
    assert (await phone.get()).json()["state"] == "locked", "what the thief sent was no activity"


async def test_an_app_says_itself_that_a_person_did_something(
    portal: Portal, client: httpx.AsyncClient
) -> None:
    pair = (await client.post("/phone/north/ana")).json()
    headers = {"authorization": f"Bearer {pair['access_token']}"}
    portal.now += 200
    await client.get("/me", headers={**headers, "session-activity": "?1"})
    portal.now += 99
    assert (await client.get("/me", headers=headers)).json()["state"] == "active"
    fresh = (await client.post("/token", content=pair["refresh_token"])).json()
    portal.now += 200
    headers = {"authorization": f"Bearer {fresh['access_token']}"}
    await client.get("/me", headers=headers)
    portal.now += 1
    assert (await client.get("/me", headers=headers)).json()["state"] == "locked"


@pytest.mark.parametrize("sent", [None, 5, {"a": 1}, ["x"], "", "\x00", "\ud800"])
def test_what_is_no_token_refreshes_nothing(sent: object) -> None:
    visit = Visit(Keeper(policies=Policies.of("patient-portal"), clock=lambda: 0.0), None, "/token")
    with pytest.raises(Refused):
        drive(MemoryStore(), refresh_by_phone(visit, sent))


async def test_a_login_with_a_proof_that_does_not_hold_is_refused(
    portal: Portal, client: httpx.AsyncClient
) -> None:
    phone = Phone(portal, client)
    bad = phone.proof("GET", "/phone/north/ana")
    answer = await client.post("/phone/north/ana", headers={"dpop": bad})
    assert (answer.status_code, answer.text) == (403, "403\n")


async def test_a_nonce_of_the_server_is_asked_for_and_given(
    portal: Portal, client: httpx.AsyncClient
) -> None:
    portal.app._dpop = Verifier(ORIGIN, nonces=Nonces(key=b"n" * 32))  # noqa: SLF001 - proofs with nonces
    phone = Phone(portal, client)
    nonce = Nonces(key=b"n" * 32).present(portal.now)
    path = "/phone/north/ana"
    headers = {"dpop": phone.proof("POST", path, nonce=nonce)}
    phone.pair = (await client.post(path, headers=headers)).json()
    asked = await phone.get()
    assert (asked.json()["who"], asked.headers["dpop-nonce"]) == (None, nonce)
    assert 'error="use_dpop_nonce"' in asked.headers["www-authenticate"]
    assert (await phone.get(nonce=nonce)).json()["who"] == "north/ana"


async def test_an_app_that_judges_no_proofs_opens_no_bound_session(
    portal: Portal, client: httpx.AsyncClient
) -> None:
    phone = Phone(portal, client)
    await phone.login()
    portal.app._dpop = None  # noqa: SLF001 - a deployment that lost its verifier
    assert (await phone.get()).json()["who"] is None


@pytest.mark.parametrize("action", ["lock", "logout", "export"])
async def test_without_the_proof_a_handler_reaches_nothing_of_the_session(
    portal: Portal, client: httpx.AsyncClient, action: str
) -> None:
    phone = Phone(portal, client)
    await phone.login()
    token = phone.pair["access_token"]
    made = phone.proof("POST", "/prove/export", ath=access_token_hash(token))
    await client.post("/prove/export", headers={"authorization": f"DPoP {token}", "dpop": made})
    stolen = await client.post(f"/{action}", headers={"authorization": f"DPoP {token}"})
    assert action == "logout" or stolen.status_code in {401, 403}
    assert "set-cookie" not in stolen.headers or "Max-Age=0" in stolen.headers["set-cookie"]
    assert (await phone.get()).json()["state"] == "active"


async def test_without_the_proof_nothing_is_kept_for_a_visitor_either(
    portal: Portal, client: httpx.AsyncClient
) -> None:
    phone = Phone(portal, client)
    await phone.login()
    stolen = {"authorization": f"DPoP {phone.pair['access_token']}"}
    answer = await client.post("/set/a", headers=stolen, content="b")
    assert "set-cookie" not in answer.headers
    assert (await phone.get()).json()["data"] == {}

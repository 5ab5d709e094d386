from sessionward.audit.calibrate import Material, Witness
from sessionward.audit.calibrate.handouts import renewals
from sessionward.http import Exchange, Response, TokenSet
from sessionward.http.carry import carry
from tests.audit.calibrate.simulated import (
    ONE,
    OWNER,
    SESSIONS,
    THEIRS,
    TWO,
    App,
    Call,
    bearer,
    calibrated,
    cookies,
    data,
    get,
    post,
)


async def test_a_refresh_is_noted_and_never_made_again() -> None:
    def answer(call: Call) -> Response:
        if call.path == "/auth/refresh":
            return data({"data": {"access_token": call.cookies.get("refresh", "")[::-1]}})
        person = SESSIONS.get(call.bearer)
        return data({"email": person.email}) if person else data({}, status=401)

    def holding(sid: str) -> TokenSet:
        return TokenSet((*cookies(refresh=sid[::-1]), *bearer(sid)))

    app = App(answer=answer)
    requests = (post("/auth/refresh", {"mode": "cookie"}), "/users/me")
    found = await calibrated(app, requests, holding(ONE), holding(TWO), holding(THEIRS))
    assert found.calibrated, found.reason
    (renewal,) = found.renewals
    assert (renewal.request.path, renewal.request.header("cookie")) == ("/auth/refresh", None)
    assert (renewal.place, str(renewal.key)) == ("$.data.access_token", "header authorization")
    assert all(request.path != "/auth/refresh" for request in app.asked)
    assert any("hands out new tokens" in fact for fact in found.facts)


def test_the_login_itself_is_no_renewal() -> None:
    login = Exchange(request=post("/login", {"email": OWNER.email}), response=data({"token": ONE}))
    use = Exchange(request=carry(get("/me"), bearer(ONE)), response=data({"email": OWNER.email}))
    owner = Witness(party="owner", tokens=bearer(ONE), exchanges=(login, use))
    nobody = Witness(party="stranger", tokens=TokenSet())
    material = Material(owner=owner, owner_again=owner, stranger=nobody, known={"owner": OWNER.known})
    assert renewals(material) == ()

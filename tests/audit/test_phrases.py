from typing import Any

import pytest

from sessionward.audit import probe as probes
from sessionward.audit.observation import (
    Altered,
    Answer,
    Forged,
    Guesses,
    Held,
    LoggedOut,
    Lured,
    Observed,
    Overheard,
    PasswordChanged,
    Reaction,
    Reactions,
    Readout,
    Session,
    Storage,
)
from sessionward.audit.phrases import asked, held, told
from sessionward.audit.probe import (
    Alter,
    ChangePassword,
    Close,
    Download,
    Forge,
    Guess,
    HoldBack,
    LogIn,
    LogOut,
    Look,
    Lure,
    Observe,
    OpenBrowser,
    Overhear,
    Probe,
    ReadAcross,
    Recall,
    Replay,
    ReplayPersonal,
    Resident,
    Restart,
    Sample,
    TryNames,
    Visit,
    Wait,
)
from sessionward.audit.scene import Action, Document, PersonalExchange
from sessionward.http import Carrier, Exchange, Request, Response, Token, TokenKey, TokenSet
from tests.audit.perform.stages import PROFILE, SID

SECRET = "5e551017c0ffee"
TOKENS = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=SECRET),))
ANA = Session(id=1, party="owner", tokens=TOKENS, authenticated=True)
REQUEST = Request(method="GET", url=f"http://localhost/logout?t={SECRET}")
PERSONAL = PersonalExchange(id="p", request=REQUEST, evidence="canary", texts=(SECRET,))
ACTION = Action(id="POST /address", request=REQUEST, page="http://localhost/address")
HELD = Held(request=REQUEST, text="swtext")

SENTENCES: list[tuple[Probe[Any], str]] = [
    (LogIn(party="owner"), "owner logs in"),
    (
        LogIn(party="owner", password="wrong", plant=TOKENS, remember=True),
        "owner logs in with a wrong password in a browser with planted tokens and asks to be remembered",
    ),
    (
        Download(document=Document(request=REQUEST), tokens=TokenSet(), party="nobody"),
        "a file of the owner is asked for with no token",
    ),
    (
        TryNames(form="login", names=("owner", "quentin")),
        "2 names are sent, known and unknown by turns, to log in with a wrong password",
    ),
    (OpenBrowser(), "a fresh browser opens the login page"),
    (Observe(session=ANA, exchange=PROFILE), "the browser of owner opens a page"),
    (Observe(session=ANA, back=True), "the browser of owner goes back by its Back button"),
    (Observe(session=ANA), "the page that the browser of owner shows is looked at, and nothing is done"),
    (
        Recall(session=ANA, exchange=PROFILE),
        "the cache of the browser of owner is asked for the page; the app is not",
    ),
    (Restart(session=ANA), "the browser of owner is closed without logging out, and started again"),
    (
        Overhear(session=ANA),
        "the browser of owner opens the app's host over plain http, and the line is read",
    ),
    (LogOut(session=ANA), "owner logs out with the app's own control"),
    (Resident(party="stranger"), "a living session of stranger is at hand"),
    (
        Replay(exchange=PROFILE, tokens=TOKENS, party="owner"),
        "the private request is made with the tokens of owner",
    ),
    (
        Replay(exchange=PROFILE, tokens=TokenSet(), party="nobody"),
        "the private request is made with no token",
    ),
    (
        ReplayPersonal(exchange=PERSONAL, tokens=TOKENS, party="owner"),
        "a request that showed personal data is made with the tokens of owner",
    ),
    (Visit(session=ANA), "the browser of owner opens the private page"),
    (Look(session=ANA), "what scripts of the page can read is read"),
    (ChangePassword(session=ANA), "owner changes the password, giving the right present password"),
    (
        ChangePassword(session=ANA, current="omitted"),
        "owner changes the password, giving no present password",
    ),
    (
        Forge(session=ANA, request=REQUEST, how="image"),
        "another site sends the request by an image from the browser of owner",
    ),
    (
        HoldBack(session=ANA, action=ACTION),
        "owner fills in the form and saves, but the request is held back and read",
    ),
    (
        Alter(session=ANA, action=ACTION, held=HELD, request=REQUEST, how="own"),
        "the request that saves the form is sent with the cookies of owner, then put back",
    ),
    (
        Alter(session=ANA, action=ACTION, held=HELD, request=REQUEST, how="navigate"),
        "another site changes the field by a link from the browser of owner",
    ),
    (
        ReadAcross(session=ANA, exchange=PROFILE, origin="null"),
        "a script of a page without an origin asks for the private page from the browser of owner",
    ),
    (
        Lure(session=ANA, action=ACTION),
        "another site shows the form in a frame in the browser of owner, who clicks on its button",
    ),
    (Sample(), "many logins of owner and stranger, for a sample of their tokens"),
    (Sample(parties=("owner",), fresh=True), "logins of owner, made anew"),
    (Guess(party="owner", times=11), "11 wrong passwords for owner, then the right one"),
    (Wait(seconds=2.0), "2 seconds pass"),
    (Close(session=ANA), "the browser is closed without logging out"),
]


@pytest.mark.parametrize("probe,sentence", SENTENCES)
def test_a_probe_is_told_in_one_sentence_without_a_secret(probe: Probe[Any], sentence: str) -> None:
    assert asked(probe) == sentence
    assert SECRET not in sentence


def test_every_probe_that_is_performed_has_a_sentence() -> None:
    kinds = {kind for kind in vars(probes).values() if isinstance(kind, type) and issubclass(kind, Probe)}
    assert kinds - {type(probe) for probe, _ in SENTENCES} == {Probe, probes.Together}


def answered(status: int, body: bytes = b"", kind: str = "text/html") -> Answer:
    response = Response(status=status, headers=(("Content-Type", kind),), body=body)
    return Answer(exchange=Exchange(request=REQUEST, response=response), shows="owner")


@pytest.mark.parametrize(
    "result,said,shows",
    [
        (answered(200, b"x" * 10), "status 200, text/html, 10 bytes", "owner"),
        (answered(204, kind=""), "status 204, no type, 0 bytes", "owner"),
        (
            Answer(exchange=Exchange(request=REQUEST, error="refused"), shows="error"),
            "no answer: refused",
            "error",
        ),
        (
            Session(id=1, party="owner", reason="wrong password"),
            "not logged in: wrong password; holds no token",
            "",
        ),
        (LoggedOut(effective=True, requests=(REQUEST,)), "logged out", ""),
        (LoggedOut(effective=False, reason="no control"), "not logged out: no control", ""),
        (PasswordChanged(effective=True), "changed", ""),
        (PasswordChanged(effective=False, refused=True, reason="too short"), "refused: too short", ""),
        (PasswordChanged(effective=False), "not told", ""),
        (
            Storage(readable_cookies=frozenset({SID}), document_cookie=(("sid", SECRET),)),
            "readable by scripts: cookie sid",
            "",
        ),
        (Storage(), "readable by scripts: no token", ""),
        (Forged(sent=True, status=303, cookies=("sid",)), "sent, status 303, cookies along: sid", ""),
        (Forged(sent=False, reason="blocked"), "blocked", ""),
        (Observed(url="", there=False), "there is no page before this one", ""),
        (
            Observed(url="", found=(SECRET,), logout="in a menu"),
            "shows private data of the account; the way to log out is in a menu",
            "",
        ),
        (Observed(url="", asks_login=True), "shows nothing private, a form to log in", ""),
        (Overheard(tokens=frozenset({SID})), "in the clear: cookie sid", ""),
        (Overheard(), "in the clear: no token", ""),
        (
            Guesses(made=4, refused_at=4, then_right=False),
            "4 tries, held off at try 4; the right password then was not let in",
            "",
        ),
        (
            Guesses(made=2, then_right=True),
            "2 tries, never held off; the right password then was let in",
            "",
        ),
        (HELD, "held back before it left", ""),
        (Held(reason="the field was gone"), "the field was gone", ""),
        (Altered(changed=True, status=303), "status 303; the field is changed", ""),
        (
            Altered(changed=False, status=403, cookies=("sid",), reason="young"),
            "status 403, cookies along: sid; the field is unchanged; young",
            "",
        ),
        (Altered(changed=False, seen=False, status=200), "status 200; the field is not told", ""),
        (Altered(changed=False, sent=False, reason="preflight"), "not sent; preflight", ""),
        (Readout(readable=True, shows="owner"), "the script was given the answer", "owner"),
        (Readout(readable=False, reason="SameSite"), "the script got nothing: SameSite", "nobody"),
        (Lured(rendered=True, sent=True, status=303), "drawn; the click sent the request, status 303", ""),
        (Lured(rendered=True), "drawn; nothing was sent", ""),
        (Lured(rendered=False, reason="empty"), "not drawn: empty", ""),
        (None, "", ""),
    ],
)
def test_a_result_is_told_without_a_secret(result: object, said: str, shows: str) -> None:
    assert told(result) == (said, shows)


def test_a_session_is_told_with_the_fingerprints_of_what_it_holds() -> None:
    said, _ = told(ANA)
    assert said.startswith("logged in; holds cookie sid ‹")
    assert SECRET not in said


def test_tokens_are_shown_by_place_and_fingerprint_alone() -> None:
    key = TokenKey(Carrier.COOKIE, "sid")
    token = TOKENS.get(key)
    assert token is not None
    assert held(TOKENS) == token.shown
    assert held(TokenSet()) == "no token"


def test_reactions_are_told_by_their_statuses_or_by_why_there_are_none() -> None:
    made = (Reaction(status=401),) * 9
    assert told(Reactions(made=made))[0] == f"answered with status {', '.join(['401'] * 8)} and so on"
    assert told(Reactions(reason="there is no form"))[0] == "there is no form"

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from sessionward.audit.evidence import (
    Step,
    evidence_of,
    pictures_of,
    reproduce,
    shown_address,
    up_to_decision,
)
from sessionward.audit.observation import Answer, Forged, Session
from sessionward.audit.probe import (
    Close,
    Forge,
    LogIn,
    Observe,
    OpenBrowser,
    Overhear,
    Probe,
    Recall,
    Replay,
    ReplayPersonal,
    Restart,
    Visit,
    Wait,
)
from sessionward.audit.report.masking import HIDDEN, masked
from sessionward.audit.scene import PersonalExchange, PrivateExchange, Shows
from sessionward.http import Carrier, Exchange, Redactor, Request, Response, Token, TokenSet
from tests.audit.perform.stages import PROFILE

SECRET, PASSWORD = "5e551017c0ffee", "Ana-1-secret"
COOKIE = Token(carrier=Carrier.COOKIE, name="sid", value=SECRET)
BEARER = Token(carrier=Carrier.HEADER, name="authorization", value=SECRET, scheme="Bearer")
QUERY = Token(carrier=Carrier.QUERY, name="access", value=SECRET)
ANA = Session(id=1, party="owner", tokens=TokenSet((COOKIE,)), authenticated=True)


@pytest.fixture
def redact() -> Redactor:
    redactor = Redactor()
    redactor.add(SECRET)
    redactor.add(PASSWORD, kind="password")
    return redactor


def private(url: str = "http://localhost/me", **more: Any) -> PrivateExchange:
    return replace(PROFILE, request=Request(method=more.pop("method", "GET"), url=url, **more))


def replay(*tokens: Token, exchange: PrivateExchange | None = None, control: str = "") -> Replay:
    return Replay(exchange=exchange or private(), tokens=TokenSet(tokens), party="owner", control=control)


def trace(*probes: Probe[Any], result: object = None) -> Sequence[Step]:
    return [Step(probe=probe, result=result, seconds=number + 0.123) for number, probe in enumerate(probes)]


@pytest.mark.parametrize(
    "probe,line",
    [
        (Observe(session=ANA, url=f"http://localhost/me?t={SECRET}"), "GET http://localhost/me?t=‹"),
        (Observe(session=ANA, exchange=PROFILE), f"GET {PROFILE.request.url}"),
        (Observe(session=ANA), ""),
        (Recall(session=ANA, exchange=PROFILE), f"GET {PROFILE.request.url}"),
        (Restart(session=ANA), ""),
        (Overhear(session=ANA), ""),
    ],
)
def test_what_a_live_browser_did_is_told_as_its_partys_without_a_secret(
    probe: Probe[Any], line: str, redact: Redactor
) -> None:
    (step,) = evidence_of(trace(probe), redact)
    assert step.party == "owner"
    assert step.request.startswith(line)
    assert SECRET not in step.request


def test_each_step_says_who_did_what_and_what_came_of_it(redact: Redactor) -> None:
    response = Response(status=200, headers=(("Content-Type", "text/html"),), body=b"Ana")
    answer = Answer(exchange=Exchange(request=PROFILE.request, response=response), shows="owner")
    (step,) = evidence_of(trace(replay(COOKIE, control="positive control"), result=answer), redact)
    assert step.probe == "the private request is made with the tokens of owner"
    assert step.request == f"GET http://localhost/me with {COOKIE.shown}"
    assert (step.response, step.shows) == ("status 200, text/html, 3 bytes", "owner")
    assert (step.party, step.control, step.seconds) == ("owner", "positive control", 0.12)


@pytest.mark.parametrize(
    "probe,party",
    [
        (LogIn(party="stranger"), "stranger"),
        (Close(session=ANA), "owner"),
        (Visit(session=ANA, exchange=PROFILE), "owner"),
        (Forge(session=ANA, request=PROFILE.request, how="form"), "another site"),
        (OpenBrowser(), "anonymous"),
        (Wait(seconds=1), ""),
    ],
)
def test_the_party_is_whoever_acts(redact: Redactor, probe: Probe[Any], party: str) -> None:
    assert evidence_of(trace(probe), redact)[0].party == party


def test_a_visit_to_the_start_page_names_no_request(redact: Redactor) -> None:
    assert evidence_of(trace(Visit(session=ANA)), redact)[0].request == ""


def test_no_secret_that_is_known_stands_in_evidence(redact: Redactor) -> None:
    exchange = private(f"http://localhost/me?access={SECRET}")
    session = replace(ANA, authenticated=False, reason=f"the app says that {PASSWORD} is wrong")
    steps = [
        *trace(replay(COOKIE, QUERY, exchange=exchange)),
        *trace(LogIn(party="owner"), result=session),
        *trace(Forge(session=ANA, request=exchange.request, how="navigate"), result=Forged(sent=True)),
    ]
    text = repr(evidence_of(steps, redact))
    assert SECRET not in text
    assert PASSWORD not in text
    assert "‹password›" in text


@pytest.mark.parametrize(
    "url,shown",
    [
        ("http://a/out?do=logout&sectok=ab12cd34ef", "http://a/out?do=logout&sectok=‹hidden›"),
        ("http://a/r?code=983jf0293jf&lang=de", "http://a/r?code=‹hidden›&lang=de"),
        ("http://a/r?code=de&key=name", "http://a/r?code=de&key=name"),
        ("http://a/cb#access_token=ab12cd34ef&x=1", "http://a/cb#access_token=‹hidden›&x=1"),
        ("http://ana:hunter2@a/x", "http://a/x"),
        ("http://a/patients/7?page=2&postcode=101151", "http://a/patients/7?page=2&postcode=101151"),
        ("http://a/x?csrf_token=", "http://a/x?csrf_token="),
    ],
)
def test_a_value_that_its_name_calls_a_secret_is_hidden(url: str, shown: str) -> None:
    assert shown_address(url, Redactor()) == shown


def test_a_known_secret_keeps_its_mark_in_an_address(redact: Redactor) -> None:
    assert "token=‹token " in shown_address(f"http://a/x?token={SECRET}", redact)


def test_a_replay_is_reproduced_with_variables_where_the_tokens_were(redact: Redactor) -> None:
    exchange = private(headers=(("Accept", "text/html"), ("Cookie", f"sid={SECRET}"), ("X-Trace", "1")))
    assert reproduce(trace(replay(COOKIE, BEARER, exchange=exchange)), redact) == (
        'curl -i -b "sid=$TOKEN_SID" -H "authorization: Bearer $TOKEN_AUTHORIZATION" '
        "-H 'Accept: text/html' http://localhost/me"
    )


def test_the_last_replay_of_the_experiment_itself_is_reproduced(redact: Redactor) -> None:
    one, two = private("http://localhost/one"), private("http://localhost/two")
    steps = trace(replay(exchange=one), replay(exchange=two, control="no token"), Wait(seconds=1))
    assert reproduce(steps, redact) == "curl -i http://localhost/one"


def test_without_a_replay_there_is_nothing_to_reproduce(redact: Redactor) -> None:
    assert reproduce(trace(LogIn(party="owner"), replay(control="no token")), redact) == ""


def test_a_token_in_the_address_becomes_a_variable_as_well(redact: Redactor) -> None:
    exchange = private(f"http://localhost/me?access={SECRET}&page=2")
    assert reproduce(trace(replay(QUERY, exchange=exchange)), redact) == (
        "curl -i 'http://localhost/me?page=2'\"&access=$TOKEN_ACCESS\""
    )
    alone = private(f"http://localhost/me?access={SECRET}")
    assert reproduce(trace(replay(QUERY, exchange=alone)), redact) == (
        'curl -i http://localhost/me"?access=$TOKEN_ACCESS"'
    )


def test_method_and_body_are_reproduced_without_their_secrets(redact: Redactor) -> None:
    headers = (("Content-Type", "application/json"),)
    body = f'{{"q":"it\'s me","t":"{SECRET}"}}'.encode()
    exchange = private(method="POST", headers=headers, body=body)
    line = reproduce(trace(replay(COOKIE, exchange=exchange)), redact)
    assert line.startswith(
        "curl -i -X POST -b \"sid=$TOKEN_SID\" -H 'Content-Type: application/json' --data-raw "
    )
    assert SECRET not in line
    assert "‹token " in line


def test_personal_data_is_reproduced_like_a_private_request(redact: Redactor) -> None:
    exchange = PersonalExchange(id="p", request=private().request, evidence="canary", texts=("x",))
    probe = ReplayPersonal(exchange=exchange, tokens=TokenSet(), party="nobody")
    assert reproduce(trace(probe), redact) == "curl -i http://localhost/me"


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
@pytest.mark.parametrize("name", ["$(echo pwned)", "`echo pwned`", 'a"; echo pwned; "', "a\\"])
@pytest.mark.parametrize("carrier", [Carrier.COOKIE, Carrier.HEADER, Carrier.QUERY])
def test_a_name_that_the_app_chose_runs_nothing_in_the_readers_shell(carrier: Carrier, name: str) -> None:
    token = Token(carrier=carrier, name=name, value=SECRET)
    line = reproduce(trace(replay(token)), Redactor()).removeprefix("curl ")
    printed = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {line}"], capture_output=True, text=True, check=True
    )
    assert "pwned\n" not in printed.stdout.replace(name, "")
    assert name in printed.stdout
    assert printed.stderr == ""


def test_the_last_look_before_the_report_finds_nothing_to_hide_in_it(redact: Redactor) -> None:
    line = reproduce(trace(replay(COOKIE, BEARER)), redact)
    assert masked(line) == line
    assert HIDDEN not in line


def test_what_is_reproduced_is_the_step_that_decides(redact: Redactor) -> None:
    def shown(url: str, shows: Shows, control: str = "") -> Step:
        answer = Answer(exchange=Exchange(request=PROFILE.request, response=None), shows=shows)
        probe = replay(exchange=private(url), control=control)
        return Step(probe=probe, result=answer, seconds=0.0)

    steps = [
        shown("http://localhost/open", "owner"),
        shown("http://localhost/shut", "nobody"),
        shown("http://localhost/me", "owner", "positive control"),
    ]
    assert reproduce(up_to_decision(steps), redact) == "curl -i http://localhost/open"
    assert up_to_decision(steps[1:]) == steps[1:]


def test_the_last_pictures_are_told_each_page_once(redact: Redactor) -> None:
    pages = (b"1", b"2", b"", b"3", b"2", b"4")
    steps = [Step(probe=LogIn(party=PASSWORD), result=ANA, seconds=0.0, picture=page) for page in pages]
    pictures = pictures_of(steps, redact)
    assert [picture.jpeg for picture in pictures] == [b"3", b"2", b"4"]
    assert not [picture for picture in pictures if PASSWORD in picture.caption]


def test_a_session_in_use_is_told_to_have_been_clicked_in(redact: Redactor) -> None:
    answer = Answer(exchange=Exchange(request=private().request), shows="owner")
    told = [
        evidence_of([Step(probe=replace(replay(COOKIE), used=used), result=answer, seconds=0.0)], redact)[
            0
        ].request
        for used in (True, False)
    ]
    assert [line.endswith(", after a click on its page") for line in told] == [True, False]

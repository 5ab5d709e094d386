from sessionward.audit.experiment.identity import Portrait
from sessionward.audit.experiment.rewriting import resigned_set, rewritten, signed_forgery, signed_parts
from sessionward.http import TokenSet
from sessionward.http.signed_cookies import SignedValue
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import ORACLE, SID
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens

RANDOM = iter(f"{number:032x}" for number in range(7**20, 7**20 + 100))


def portrait(owner: str, stranger: str) -> Portrait:
    """Two logins of each; ``{}`` stands for what changes."""
    mine, theirs = (
        [cookie("sid", text.format(next(RANDOM))) for _ in range(2)] for text in (owner, stranger)
    )
    return Portrait(owner=mine[0], stranger=theirs[0], owners=(mine[1],), strangers=(theirs[1],))


def signed(tokens: TokenSet) -> SignedValue:
    ((_, ways),) = signed_parts(tokens, ORACLE)
    return ways[0]


def test_a_number_is_rewritten_and_all_else_stays() -> None:
    who = portrait("u:17:{}", "u:18:{}")
    ((token, value),) = rewritten(ONE_WAY, who)
    assert value == token.value.replace(":17:", ":18:")


def test_several_parts_are_tried_together_first() -> None:
    changes = rewritten(ONE_WAY, portrait("17:4:{}", "18:5:{}"))
    assert [value[:4] for _, value in changes] == ["18:5", "18:4", "17:5"]


def test_what_nobody_could_write_is_not() -> None:
    assert rewritten(ONE_WAY, portrait("{}", "{}")) == ()
    assert rewritten(ONE_WAY, portrait("key-aaaa-{}", "key-bbbb-{}")) == ()


def test_web_tokens_are_left_to_their_own_checks() -> None:
    app, tokens = MintingApp(), WebTokens()
    who = Portrait(owner=tokens.make(app, "owner"), stranger=tokens.make(app, "stranger"))
    assert rewritten(ONE_WAY, who) == ()
    assert signed_parts(who.owner, ORACLE) == []


def test_a_signed_value_is_forged_with_the_others_parts() -> None:
    who = portrait("s:17|{}." + "A" * 43, "s:18|{}." + "B" * 43)
    token, way = next(iter(who.owner)), signed(who.owner)
    forged = signed_forgery(who, token, way, b"key")
    assert forged is not None
    again = signed(forged)
    assert again.payload == way.payload.replace("17|", "18|")
    assert again.fits(b"key")


def test_a_random_id_cannot_be_forged() -> None:
    who = portrait("s:{}." + "A" * 43, "s:{}." + "A" * 43)
    assert signed_forgery(who, next(iter(who.owner)), signed(who.owner), b"key") is None


def test_a_signature_in_a_cookie_of_its_own_is_put_there() -> None:
    tokens = cookie("sid", "eyJ1IjoxN30abcdefghij").merged(cookie("sid.sig", "0" * 27))
    token = tokens.get(SID)
    assert token is not None
    way = next(way for _, ways in signed_parts(tokens, ORACLE) for way in ways if way.beside)
    after = resigned_set(tokens, token, way, "new", "sig")
    assert {t.name: t.value for t in after} == {"sid": "new", "sid.sig": "sig"}

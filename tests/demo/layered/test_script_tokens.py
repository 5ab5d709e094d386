from sessionward.demo.layered.script_tokens import EACH, Page, ScriptTokens
from sessionward.session.state import Subject

ANA, BEN = Subject(tenant="north", id="ana"), Subject(tenant="north", id="ben")
HERE, THERE, OTHERS = (Page(subject=who, handle=name) for who, name in ((ANA, "1"), (ANA, "2"), (BEN, "3")))


def test_a_token_leads_to_the_session_that_it_was_given_to_and_no_other_text_does() -> None:
    tokens = ScriptTokens()
    first, second = tokens.issue(HERE), tokens.issue(THERE)
    assert [tokens.page(token) for token in (first, second, "", "script-x", "\ud800")] == [
        HERE,
        THERE,
        None,
        None,
        None,
    ]


def test_what_is_kept_of_a_token_opens_nothing() -> None:
    tokens = ScriptTokens()
    assert tokens.issue(HERE) not in repr(vars(tokens))


def test_a_session_holds_no_more_tokens_than_it_may_and_its_oldest_go() -> None:
    tokens = ScriptTokens()
    kept = tokens.issue(THERE)
    made = [tokens.issue(HERE) for _ in range(EACH + 1)]
    assert [tokens.page(token) is None for token in (made[0], made[1], made[-1], kept)] == [
        True,
        False,
        False,
        False,
    ]


def test_the_tokens_of_a_session_and_those_of_a_subject_go_together() -> None:
    tokens = ScriptTokens()
    here, there, others = (tokens.issue(page) for page in (HERE, THERE, OTHERS))
    tokens.sweep(HERE)
    assert [tokens.page(token) for token in (here, there, others)] == [None, THERE, OTHERS]
    tokens.forget(ANA)
    assert [tokens.page(token) for token in (there, others)] == [None, OTHERS]

import pytest

from sessionward.audit.report.markdown_text import code, code_block, plain


@pytest.mark.parametrize(
    "text,escaped",
    [
        ("a | b", r"a \| b"),
        ("</details><script>", "&lt;/details&gt;&lt;script&gt;"),
        ("[x](http://evil.example)", r"\[x\](http&#58;//evil.example)"),
        ("![x](y)", r"\!\[x\](y)"),
        ("*a* _b_ `c` ~~d~~", r"\*a\* \_b\_ \`c\` \~\~d\~\~"),
        ("see www.evil.example", "see www&#46;evil.example"),
        ("thanks @team, see #12", "thanks @&#8288;team, see \\#12"),
        ("# heading\n\n- item", r"\# heading - item"),
        ("- item", r"\- item"),
        ("1. item", "&#8288;1. item"),
        ("&lt;", "&amp;lt;"),
        ("a\x1b[31mb\u202e", r"a \[31mb"),
        ("a\\|b", r"a\\\|b"),
    ],
)
def test_nothing_that_an_app_says_is_markup(text: str, escaped: str) -> None:
    assert plain(text) == escaped


def test_code_cannot_be_left_by_its_own_sign() -> None:
    assert code("a`b``c") == "```a`b``c```"
    assert code("`a`") == "`` `a` ``"
    assert code("two\nlines") == "`two lines`"
    assert code("") == ""


def test_a_block_of_code_cannot_be_left_by_its_own_fence() -> None:
    assert code_block("a\n````\nb\n", "sh") == "`````sh\na\n````\nb\n`````"
    assert code_block("x") == "```\nx\n```"

"""The report for the conversation about a change: the table first, within the limit, nothing of it markup by chance."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sessionward.audit.check import Confidence, Place, Verdict
from sessionward.audit.events import Event
from sessionward.audit.report.earlier import read_earlier
from sessionward.audit.report.json_report import render_json
from sessionward.audit.report.markdown_report import LIMIT, render_markdown
from tests.audit.report import sample, sample_checks


def tokens(text: str) -> Iterator[Token]:
    """What a reader of CommonMark with tables makes of ``text``, the inner parts too."""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


def text_of(run: Callable[[], tuple[Event, ...]]) -> str:
    return render_markdown(sample.record_of(run())).decode()


def test_the_result_is_the_first_line_and_the_table_follows() -> None:
    lines = text_of(sample.with_defects).splitlines()
    assert lines[0] == "## ❌ Sessionward: Tested while logged in: 3 defects confirmed, 1 suspected"
    assert lines[2].startswith("| severity | defect |")
    assert lines[4].startswith("| 🟥 critical | Private data is served without a session")


def test_a_report_that_was_never_logged_in_says_so_first_and_is_not_green() -> None:
    text = text_of(sample.never_in)
    assert text.startswith("## ⚠️ Sessionward: Not tested: the audit was never logged in")
    assert "✅" not in text


def test_every_finding_has_its_fix_with_code_its_experiment_and_its_standards() -> None:
    text = text_of(sample.with_defects)
    assert "Code for Django, Flask, FastAPI, Express, Spring and PHP" in text
    assert "*positive control:*" in text
    assert "[CWE-613](https://cwe.mitre.org/data/definitions/613.html)" in text
    assert "164.312%28d%29" not in text


def test_what_to_do_first_tells_what_is_only_suspected() -> None:
    first = text_of(sample.with_defects).partition("**What to do first**")[2].splitlines()[2:5]
    assert ["(Suspected.)" in line for line in first] == [False, False, True]


def test_what_was_not_carried_out_is_named() -> None:
    assert "- `token-survives-login`: Stopped from the keyboard." in text_of(sample.stopped)


def test_known_findings_are_marked() -> None:
    record = sample.record_of(sample.with_defects())
    known = replace(record, earlier=read_earlier(render_json(sample.record_of(sample.stopped()))))
    rows = [line for line in render_markdown(known).decode().splitlines() if line.startswith("| 🟧 high")]
    assert ["confirmed, known" in row for row in rows] == [True]


@pytest.mark.parametrize("many", [1, 60])
def test_it_fits_into_a_comment_and_tells_what_it_left_out(many: int) -> None:
    found = [
        replace(one, message="long " * 60, where=one.where * 20, evidence=one.evidence * 20)
        for one in sample.failures()
    ]
    content = render_markdown(sample.record_of((*sample.opening(), *sample.judged(found * many))))
    assert len(content) <= LIMIT
    assert ("would not fit here" in content.decode()) is (many > 1)


def test_hostile_text_is_no_markup() -> None:
    evil = "</details><script>x</script> | [a](javascript:x) ``` @team ![x](y)\n## big\n\n***\n\ud800"
    finding = sample.finding(
        replace(sample_checks.LOGOUT, title=evil, why=evil, fix=evil, requirements=(evil,)),
        Verdict.FAILED,
        evil,
        confidence=Confidence.CONFIRMED,
        evidence=(sample.act(0.0, evil, evil),),
        where=(Place(method="GET", url=evil),),
        reproduce=evil,
    )
    record = replace(sample.record_of(sample.judged([finding])), target=evil, authenticated=True)
    text = render_markdown(record).decode()
    html = [one.content for one in tokens(text) if one.type in {"html_block", "html_inline"}]
    assert set(re.findall(r"<[^>]*>", "".join(html))) <= {
        *("<details>", "</details>", "<summary>", "</summary>", "<sub>", "</sub>", "<br>")
    }
    links = [one.attrs["href"] for one in tokens(text) if one.type == "link_open"]
    assert links == []
    assert not [one for one in tokens(text) if one.type in {"image", "hr"}]
    words = "".join(one.content for one in tokens(text) if one.type == "text")
    assert not re.search(r"@\w|://", words.replace("&#8288;", ""))
    rows = [line for line in text.splitlines() if line.startswith("| 🟧")]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [5]


def test_no_secret_that_an_app_handed_out_unasked_is_shown() -> None:
    finding = sample.finding(
        sample_checks.LOGOUT,
        Verdict.FAILED,
        "answered Set-Cookie: sid=0badcafe0badcafe",
        confidence=Confidence.CONFIRMED,
        reproduce="curl -H 'Cookie: sid=0badcafe0badcafe'",
    )
    assert b"0badcafe" not in render_markdown(sample.record_of(sample.judged([finding])))

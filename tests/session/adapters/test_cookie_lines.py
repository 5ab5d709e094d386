import gc
from typing import Any

from sessionward.session.adapters.cookie_lines import LONGEST, MOST, CookieLines
from sessionward.session.digest import Token


def test_a_line_is_known_once_it_was_learned_and_another_is_not() -> None:
    lines, token = CookieLines(), Token.mint()
    line = b"__Host-session=" + token.text.encode()
    assert lines.digest(line) is None
    lines.learn(line, token)
    assert lines.digest(line) == token.digest
    for other in (line + b" ", line[:-1], b"a=1; " + line, b""):
        assert lines.digest(other) is None


def test_a_long_line_is_never_kept() -> None:
    lines, token = CookieLines(), Token.mint()
    line = b"a" * LONGEST
    lines.learn(line, token)
    lines.learn(line + b"a", token)
    assert (lines.digest(line), lines.digest(line + b"a")) == (token.digest, None)


def test_only_so_many_are_kept() -> None:
    lines, token = CookieLines(), Token.mint()
    for number in range(MOST):
        lines.learn(b"%d" % number, token)
    assert lines.digest(b"0") == token.digest
    lines.learn(b"one more", token)
    assert (lines.digest(b"0"), lines.digest(b"one more")) == (None, token.digest)


def test_neither_the_line_nor_the_token_stays_in_memory_or_is_shown() -> None:
    lines, token = CookieLines(), Token.mint()
    line = b"__Host-session=" + token.text.encode()
    lines.learn(line, token)
    seen: dict[int, Any] = {}
    queue: list[Any] = [lines]
    while queue:
        found = queue.pop()
        if id(found) not in seen and not isinstance(found, type):
            seen[id(found)] = found
            queue += gc.get_referents(found)
    kept = [found for found in seen.values() if isinstance(found, bytes)]
    assert token.digest in kept
    assert all(line not in entry and token.secret not in entry for entry in kept)
    assert token.text not in repr(lines)

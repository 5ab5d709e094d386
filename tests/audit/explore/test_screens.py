"""The graph of screens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.audit.explore.screens import (
    Graph,
    address_pattern,
    coarse_pattern,
    key,
    shape,
    without_fragment,
)
from tests.audit.explore.html_screen import parse, screen_of


@pytest.mark.parametrize(
    "url,pattern",
    [
        ("http://a.test/", "/"),
        ("http://a.test/users/17/edit", "/users/{id}/edit"),
        ("http://a.test/u/19a7df98-68ac-4ba4-a035-ac33bc429662", "/u/{id}"),
        ("http://a.test/day/2026-11-21", "/day/{id}"),
        ("http://a.test/f/9f86d081884c7d65", "/f/{id}"),
        ("http://a.test/doku.php?id=start&do=edit", "/doku.php?do=edit&id=start"),
        ("http://a.test/x?page=3&q=hello", "/x?page={id}&q=hello"),
        ("http://a.test/#/users/5", "/#/users/{id}"),
        ("http://a.test/a#section", "/a"),
        ("http://a.test/patients/anna-schmidt", "/patients/anna-schmidt"),
    ],
)
def test_what_differs_from_record_to_record_is_left_out(url: str, pattern: str) -> None:
    assert address_pattern(url) == pattern


@given(st.integers(min_value=0), st.integers(min_value=0))
def test_addresses_that_differ_in_a_number_have_one_pattern(one: int, other: int) -> None:
    assert address_pattern(f"http://a.test/r/{one}") == address_pattern(f"http://a.test/r/{other}")


def test_the_coarse_pattern_leaves_out_the_last_word_and_all_values() -> None:
    one, other = "http://a.test/wiki/apple?x=a", "http://a.test/wiki/pear?x=b"
    assert coarse_pattern(one) == coarse_pattern(other)
    assert coarse_pattern("http://a.test/profile") != coarse_pattern("http://a.test/records")


def test_a_route_of_an_app_is_kept_and_a_place_on_the_page_is_not() -> None:
    assert without_fragment("http://a.test/x#top") == "http://a.test/x"
    assert without_fragment("http://a.test/#/x") == "http://a.test/#/x"


def test_how_many_rows_there_are_does_not_change_the_shape() -> None:
    few = screen_of(parse('<a href="/1">One</a><button>x</button>'), "http://a.test/")
    many = screen_of(parse('<a href="/1">One</a><a href="/2">Two</a><button>y</button>'), "http://a.test/")
    assert shape(few) == shape(many)
    assert shape(few) != shape(screen_of(parse("<select></select>"), "http://a.test/"))


def test_a_screen_is_added_once() -> None:
    graph = Graph()
    one = screen_of(parse("<button>x</button>"), "http://a.test/r/1")
    other = screen_of(parse("<button>y</button>"), "http://a.test/r/2")
    node, new = graph.add(one, one.url)
    again, new_again = graph.add(other, other.url)
    assert (new, new_again) == (True, False)
    assert node is again
    assert key(one) == key(other)

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.result import StoreError
from sessionward.session.state import Authentication, Bearer, Client, Grant, Record, State, Subject
from sessionward.session.stores.encoding import decode, encode
from tests.session.stores.conformance import record

TEXT = st.text(min_size=1, max_size=8)
MOMENT = st.floats(min_value=0, max_value=1e11, allow_nan=False)
RECORDS = st.builds(
    Record,
    handle=TEXT,
    digest=st.binary(max_size=32),
    state=st.sampled_from(State),
    version=st.integers(min_value=1, max_value=2**62),
    created=MOMENT,
    last_active=MOMENT,
    deadline=MOMENT,
    subject=st.none() | st.builds(Subject, tenant=TEXT, id=TEXT),
    role=st.none() | TEXT,
    epoch=st.integers(min_value=0, max_value=2**62),
    authentications=st.tuples() | st.tuples(st.builds(Authentication, method=TEXT, at=MOMENT)),
    sealed=st.none() | st.binary(max_size=32),
    client=st.none() | st.builds(Client, device=TEXT, network=TEXT),
    grants=st.tuples() | st.tuples(st.builds(Grant, scope=TEXT, until=MOMENT, shown=st.none() | st.binary())),
    lease=st.none() | MOMENT,
    parked=st.booleans(),
    bearer=st.none()
    | st.builds(
        Bearer,
        access=st.binary(),
        until=MOMENT,
        previous=st.none() | st.binary(),
        previous_until=MOMENT,
    ),
    device_key=st.none() | TEXT,
)


@given(RECORDS)
def test_what_was_written_is_read_back(entry: Record) -> None:
    assert decode(encode(entry)) == entry


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"digest": "xyz"},
        {"state": "alive"},
        {"version": None},
        {"subject": ["north"]},
        {"subject": ["", "ana"]},
        {"authentications": 3},
        {"created": "soon"},
        {"grants": [["sign"]]},
        {"bearer": "access"},
        {"client": ["one"]},
    ],
)
def test_what_this_version_did_not_write_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(StoreError, match="stored session"):
        decode(json.dumps(json.loads(encode(record())) | change))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "{", b"\x80\x04N."])
def test_no_other_decoder_is_tried(text: str | bytes) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        decode(text)

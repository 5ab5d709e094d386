"""A record as JSON and back. One format, no other decoder to fall back to: what does not fit is an error."""

import json
from functools import lru_cache
from typing import Any

from sessionward.session.result import StoreError
from sessionward.session.state import Authentication, Bearer, Client, Grant, Record, State, Subject

FORMAT = 1
REMEMBERED = 4096
"""Texts whose record is remembered: a session is read at each request, and written at few."""


def encode(record: Record) -> str:
    """`record` as a line of JSON."""
    subject = record.subject
    return json.dumps(
        {
            "format": FORMAT,
            "handle": record.handle,
            "digest": record.digest.hex(),
            "state": record.state,
            "version": record.version,
            "created": record.created,
            "last_active": record.last_active,
            "deadline": record.deadline,
            "subject": None if subject is None else [subject.tenant, subject.id],
            "role": record.role,
            "epoch": record.epoch,
            "authentications": [[proof.method, proof.at] for proof in record.authentications],
            "sealed": _hex(record.sealed),
            "client": None if record.client is None else [record.client.device, record.client.network],
            "grants": [[grant.scope, grant.until, _hex(grant.shown)] for grant in record.grants],
            "lease": record.lease,
            "parked": record.parked,
            "bearer": None if record.bearer is None else _paired(record.bearer),
            "device_key": record.device_key,
        },
        separators=(",", ":"),
    )


@lru_cache(maxsize=REMEMBERED)
def decode(text: str | bytes) -> Record:
    """The record that `encode` wrote. It cannot be changed, so whoever reads the same text may share it.

    Raises:
        StoreError: `text` is nothing that this version wrote.

    """
    try:
        found: dict[str, Any] = json.loads(text)
        if found["format"] != FORMAT:
            raise StoreError(f"A stored session has the format {found['format']!r}, not {FORMAT}.")
        return Record(
            handle=str(found["handle"]),
            digest=bytes.fromhex(found["digest"]),
            state=State(found["state"]),
            version=int(found["version"]),
            created=float(found["created"]),
            last_active=float(found["last_active"]),
            deadline=float(found["deadline"]),
            subject=None if found["subject"] is None else _subject(found["subject"]),
            role=found["role"],
            epoch=int(found["epoch"]),
            authentications=tuple(
                Authentication(method=str(m), at=float(at)) for m, at in found["authentications"]
            ),
            sealed=_bytes(found["sealed"]),
            client=None if found["client"] is None else _client(found["client"]),
            grants=tuple(
                Grant(scope=str(scope), until=float(until), shown=_bytes(shown))
                for scope, until, shown in found["grants"]
            ),
            lease=None if found["lease"] is None else float(found["lease"]),
            parked=bool(found["parked"]),
            bearer=None if found["bearer"] is None else _bearer(found["bearer"]),
            device_key=found["device_key"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("A stored session cannot be read.") from error


def _hex(content: bytes | None) -> str | None:
    return None if content is None else content.hex()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)


def _paired(bearer: Bearer) -> list[str | float | None]:
    return [bearer.access.hex(), bearer.until, _hex(bearer.previous), bearer.previous_until]


def _bearer(parts: list[Any]) -> Bearer:
    access, until, previous, previous_until = parts
    return Bearer(
        access=bytes.fromhex(access),
        until=float(until),
        previous=_bytes(previous),
        previous_until=float(previous_until),
    )


def _client(pair: list[str]) -> Client:
    device, network = pair
    return Client(device=str(device), network=str(network))


def _subject(pair: list[str]) -> Subject:
    tenant, name = pair
    return Subject(tenant=tenant, id=name)

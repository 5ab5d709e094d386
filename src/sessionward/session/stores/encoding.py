"""A record as JSON and back. One format, no other decoder to fall back to: what does not fit is an error."""

import json
from typing import Any

from sessionward.session.result import StoreError
from sessionward.session.state import Authentication, Record, State, Subject

FORMAT = 1


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
            "sealed": None if record.sealed is None else record.sealed.hex(),
        },
        separators=(",", ":"),
    )


def decode(text: str | bytes) -> Record:
    """The record that `encode` wrote.

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
            sealed=None if found["sealed"] is None else bytes.fromhex(found["sealed"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("A stored session cannot be read.") from error


def _subject(pair: list[str]) -> Subject:
    tenant, name = pair
    return Subject(tenant=tenant, id=name)

"""The session's cookie is signed, by the key of the example settings.

Everybody who reads the same documentation knows it, and signs a cookie that names another account.

"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import Holder, TokenScheme
from sessionward.demo.people import reference_of

KEY = b"change-me"
SALT = b"itsdangerous.Signer"


def _signature(signed: str) -> str:
    key = hashlib.sha1(SALT + b"signer" + KEY, usedforsecurity=False).digest()
    made = hmac.new(key, signed.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _make(holder: Holder | None) -> str:
    told = {"sid": secrets.token_hex(16)} | ({"user": reference_of(holder.id)} if holder else {})
    payload = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    moment = base64.urlsafe_b64encode(int(time.time()).to_bytes(4, "big")).decode().rstrip("=")
    signed = f"{payload}.{moment}"
    return f"{signed}.{_signature(signed)}"


def _told(token: str) -> dict[str, str]:
    signed, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), _signature(signed).encode()):
        return {}
    told: dict[str, str] = json.loads(base64.urlsafe_b64decode(f"{signed.partition('.')[0]}=="))
    return told


def _handle(token: str) -> str:
    return _told(token).get("sid", "")


def _names(token: str) -> str | None:
    return _told(token).get("user")


def _tokens() -> TokenScheme:
    return TokenScheme(make=_make, handle=_handle, names=_names)


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="default-signing-key",
    title="Session cookies are signed by a key that everybody knows",
    apply=_apply,
)

"""The token begins with the account that it is for, so that somebody who reads the log can tell sessions apart.

It is only encoded. Whoever reads the log, the proxy's or the browser's, has the list of patients.

"""

import base64
import json
from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import Holder, TokenScheme
from sessionward.demo.random_tokens import new_token


def _make(holder: Holder | None) -> str:
    if holder is None:
        return new_token()
    told = json.dumps({"user": holder.login_name}).encode()
    return f"{base64.urlsafe_b64encode(told).decode().rstrip('=')}.{new_token()}"


def _tokens() -> TokenScheme:
    return TokenScheme(make=_make)


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="identity-readable-in-token",
    title="Whoever sees a token can read whose it is",
    apply=_apply,
)

"""An account's token is made from its id and the app's key: no table of sessions was needed for that.

It is the same at every login and on every device. A copy that was taken once is good whenever its owner is logged in.

"""

import hashlib
import hmac
import secrets
from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import Holder, TokenScheme
from sessionward.demo.random_tokens import new_token


def _tokens() -> TokenScheme:
    key = secrets.token_bytes(32)

    def make(holder: Holder | None) -> str:
        if holder is None:
            return new_token()
        return hmac.new(key, holder.id.encode(), hashlib.sha256).hexdigest()

    return TokenScheme(make=make)


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="static-token",
    title="Every login of an account hands out the same token",
    implies={
        "concurrent-sessions-unlimited": "all devices hold one token, so none of them is ever the oldest",
        "password-change-keeps-sessions": "the token after a password change is the one that other devices hold",
    },
    apply=_apply,
)

"""The second factor of doctors and administrators: codes of an authenticator, by the session layer's factor."""

import time
from base64 import b32decode

from sessionward.asgi import MemoryStore, Subject
from sessionward.demo.people import Account
from sessionward.factors import Proved, Response, Totp, TotpSecret, drive


class OneTimeCodes:
    """The codes of one running clinic. Each is good once (RFC 6238, section 5.2)."""

    def __init__(self) -> None:
        """No code was used yet."""
        self._used = MemoryStore()
        self._factor = Totp()

    def proves(self, account: Account, typed: str) -> bool:
        """Whether this is a code of the account's authenticator that nobody has used."""
        subject = Subject(tenant=account.tenant, id=account.id)
        secret = TotpSecret(key=b32decode(account.totp))
        steps = self._factor.finish(subject, secret, Response(text=typed), time.time())
        return isinstance(drive(self._used, steps), Proved)

"""What one audit is to do, ready to be carried out: the configuration and the command line made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sessionward.audit.check import Check
from sessionward.audit.codes import CodeSource, MailSource, TotpSource
from sessionward.audit.config import Account, Config, ConfigError, PolicySettings, seconds
from sessionward.audit.explore.flows import LoginHints
from sessionward.audit.perform.stage import Person
from sessionward.audit.scene import PolicyFacts
from sessionward.standards.profiles import PROFILES


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``wait`` and ``budget`` are in seconds. ``plan``: say what would be changed, and change nothing.

    ``source`` is the configuration file, where there is one. ``passing``: the app ends with the audit, so what an audit
    that was killed left changed in it is gone.
    """

    config: Config
    checks: tuple[Check, ...]
    out: Path
    policy: PolicyFacts
    wait: float = 60.0
    budget: float = 900.0
    seed: int = 0
    headed: bool = False
    plan: bool = False
    hints: LoginHints = field(default_factory=LoginHints)
    mails: Path | None = None
    source: Path | None = None
    passing: bool = False


def policy_of(settings: PolicySettings) -> PolicyFacts:
    """The profile with what the configuration says differently. Raises ConfigError where that contradicts itself."""
    profile = next((known for known in PROFILES if known.name == settings.profile), None)
    if profile is None:
        names = ", ".join(known.name for known in PROFILES)
        msg = f"There is no profile “{settings.profile}”; the profiles are {names}."
        raise ConfigError(msg)
    inactivity = (
        seconds(settings.inactivity_timeout, where="[policy] inactivity_timeout")
        if settings.inactivity_timeout
        else profile.inactivity_timeout
    )
    absolute = (
        seconds(settings.absolute_lifetime, where="[policy] absolute_lifetime")
        if settings.absolute_lifetime
        else profile.absolute_lifetime
    )
    if inactivity <= 0 or absolute < inactivity:
        msg = (
            f"[policy] contradicts itself: an inactivity_timeout of {inactivity:g} s must be more than nothing and at "
            f"most the absolute_lifetime of {absolute:g} s."
        )
        raise ConfigError(msg)
    return PolicyFacts(
        profile=profile.name,
        inactivity_timeout=inactivity,
        absolute_lifetime=absolute,
        concurrent_sessions=settings.concurrent_sessions or profile.concurrent_sessions,
        failed_logins=settings.failed_logins or profile.failed_logins,
    )


def hints_of(config: Config, base: Path) -> LoginHints:
    """The user's help for the login. Raises ConfigError where its script is missing."""
    login = config.login
    script = str((base / login.script).resolve()) if login.script else ""
    if script and not Path(script).is_file():
        msg = f"[login] names the script {login.script}, which is not in {base}."
        raise ConfigError(msg)
    return LoginHints(
        url=login.url, username=login.username, password=login.password, submit=login.submit, script=script
    )


def mails_of(config: Config, base: Path) -> Path | None:
    """The directory in which the app's mails arrive, where one is configured."""
    return base / config.mailbox.directory if config.mailbox and config.mailbox.directory else None


def people_of(accounts: Sequence[Account], mails: Path | None) -> tuple[Person, ...]:
    """The accounts as persons, the owner and the stranger first: two of one role, else the first two.

    Raises ConfigError where fewer than two are given or a TOTP secret is none.
    """
    if len(accounts) < 2:  # noqa: PLR2004 — an owner and a stranger
        msg = (
            "The experiments need two accounts of one role: an owner, and a stranger who must not see the owner's "
            "data. Write two [[account]] entries."
        )
        raise ConfigError(msg)
    pairs = [
        (a, b)
        for i, a in enumerate(accounts)
        for b in accounts[i + 1 :]
        if (a.role, a.tenant) == (b.role, b.tenant)
    ]
    owner, stranger = pairs[0] if pairs else (accounts[0], accounts[1])
    rest = [account for account in accounts if account not in (owner, stranger)]
    return tuple(person_of(account, mails) for account in (owner, stranger, *rest))


def person_of(account: Account, mails: Path | None) -> Person:
    """One account as a person. Raises ConfigError where its TOTP secret is none."""
    code: CodeSource | None = None
    if account.totp:
        try:
            code = TotpSource(account.totp)
        except ValueError:
            msg = f"The totp of account {account.name} is no base32 secret."
            raise ConfigError(msg) from None
    elif mails is not None:
        code = MailSource(mails, account.username)
    return Person(
        name=account.name,
        username=account.username,
        password=account.password,
        original=account.password,
        totp=account.totp,
        code=code,
        role=account.role,
        tenant=account.tenant,
    )

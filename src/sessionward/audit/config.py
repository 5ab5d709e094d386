"""sessionward.toml: read, checked, and turned into typed settings.

Every mistake is one sentence that says what, where, and how to mend it.
"""

from __future__ import annotations

import os
import re
import tomllib
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

LOOPBACK = frozenset({"localhost"})
PORTS = 65536
UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


class ConfigError(Exception):
    """Wrong use: the message is one sentence for a person."""


class Target(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """[target]: what is audited. ``authorised`` is needed for a host that is not loopback."""

    url: str = ""
    authorised: bool = False
    verify_tls: bool = True
    exclude: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()


class Account(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """[[account]]: one test account. Never printed whole."""

    name: str
    username: str
    password: str
    role: str = ""
    tenant: str = ""
    totp: str = ""

    def __repr__(self) -> str:
        return f"Account(name={self.name!r}, role={self.role!r}, tenant={self.tenant!r})"


class PolicySettings(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """[policy]: a profile, and what differs from it. Durations as in 15m, 12h."""

    profile: str = "patient-portal"
    inactivity_timeout: str = ""
    absolute_lifetime: str = ""
    concurrent_sessions: int | None = None
    failed_logins: int | None = None


class Mailbox(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """[mailbox]: where the app's mails arrive: a directory of .eml files, or an SMTP server of ours at ``listen``."""

    directory: str = ""
    listen: str = ""

    @property
    def address(self) -> tuple[str, int]:
        """Where to listen: host and port; this machine's loopback where only a port is given. Raises ValueError."""
        host, _, port = self.listen.rpartition(":")
        number = int(port)
        if not 0 < number < PORTS:
            raise ValueError(port)
        return host.strip("[]") or "127.0.0.1", number


class Login(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """[login]: help where recognition fails: CSS selectors, or a script."""

    url: str = ""
    username: str = ""
    password: str = ""
    submit: str = ""
    script: str = ""


class Config(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """The whole file. ``base`` is the directory that its relative paths mean."""

    target: Target = Target()
    account: tuple[Account, ...] = ()
    policy: PolicySettings = PolicySettings()
    mailbox: Mailbox | None = None
    login: Login = Login()

    @property
    def host(self) -> str:
        """The host of the target in lower case."""
        return (urlsplit(self.target.url).hostname or "").lower()


def read_config(path: Path, *, url: str = "", environ: dict[str, str] | None = None) -> Config:
    """Read the file; ``url`` from the command line wins over the file's.

    Raises ConfigError where the file is missing, broken, contradictory, or names an unset variable.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        msg = f"There is no configuration file {path}; write one with [target] and two [[account]] entries."
        raise ConfigError(msg) from None
    except (OSError, UnicodeDecodeError) as error:
        msg = f"The configuration file {path} cannot be read: {error}."
        raise ConfigError(msg) from None
    return parse_config(
        text, where=str(path), url=url, environ=dict(os.environ) if environ is None else environ
    )


def parse_config(text: str, *, where: str, url: str = "", environ: dict[str, str] | None = None) -> Config:
    """As ``read_config``, from text."""
    try:
        config = msgspec.convert(tomllib.loads(text), Config)
    except tomllib.TOMLDecodeError as error:
        msg = f"{where} is no valid TOML: {error}."
        raise ConfigError(msg) from None
    except msgspec.ValidationError as error:
        msg = f"{where}: {_plain(str(error))}."
        raise ConfigError(msg) from None
    accounts = tuple(_with_secrets(account, environ or {}, where) for account in config.account)
    target = msgspec.structs.replace(config.target, url=url or config.target.url)
    config = msgspec.structs.replace(config, account=accounts, target=target)
    _validate(config, where)
    return config


def seconds(text: str, *, where: str = "") -> float:
    """A duration such as 90, 60s, 15m, 12h in seconds. Raises ConfigError where it is none."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(s|m|min|h|d)?\s*", text)
    if not found:
        msg = f"{where + ': ' if where else ''}“{text}” is no duration; write for example 60s, 15m or 12h."
        raise ConfigError(msg)
    return float(found[1]) * UNITS[found[2] or ""]


def _plain(error: str) -> str:
    return error.replace(" - at `$", ", at `").replace("Object", "The table").replace("`$`", "the top")


def _with_secrets(account: Account, environ: dict[str, str], where: str) -> Account:
    def known(text: str, key: str) -> str:
        if not text.startswith("env:"):
            return text
        name = text.removeprefix("env:")
        if name not in environ:
            msg = f"{where}: {key} of account {account.name} is to come from ${name}, which is not set."
            raise ConfigError(msg)
        return environ[name]

    return msgspec.structs.replace(
        account, password=known(account.password, "password"), totp=known(account.totp, "totp")
    )


def _validate(config: Config, where: str) -> None:
    host = _host(config.target.url)
    if not is_loopback(host) and not config.target.authorised:
        file = where if where.endswith(".toml") else "sessionward.toml"
        msg = (
            f"{host} is not this machine: set authorised = true under [target] in {file} "
            "if you are allowed to test it."
        )
        raise ConfigError(msg)
    names = [account.name for account in config.account]
    if len(set(names)) != len(names):
        msg = f"{where}: two [[account]] entries have one name; give each its own."
        raise ConfigError(msg)
    for account in config.account:
        for key in ("name", "username", "password"):
            if not getattr(account, key):
                msg = f"{where}: the {key} of account {account.name or '(without a name)'} is empty."
                raise ConfigError(msg)
    if len({account.username for account in config.account}) != len(names):
        msg = f"{where}: two [[account]] entries have one username; the experiments need different accounts."
        raise ConfigError(msg)
    if config.mailbox:
        _validate_mailbox(config.mailbox, where)


def _validate_mailbox(mailbox: Mailbox, where: str) -> None:
    if bool(mailbox.directory) == bool(mailbox.listen):
        raise ConfigError(
            f"{where}: [mailbox] needs either a directory to which the app's mails come as .eml files, or an address "
            "to listen at, such as 127.0.0.1:2525."
        )
    try:
        _ = mailbox.listen and mailbox.address
    except ValueError:
        raise ConfigError(
            f"{where}: [mailbox] listen = “{mailbox.listen}” is no address; write it as 127.0.0.1:2525."
        ) from None


def _host(url: str) -> str:
    """The host of the start address. Raises ConfigError where it is none."""
    if not url:
        msg = "No target: give the start address as URL or as url under [target]."
        raise ConfigError(msg)
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:  # a port beyond 65535, a bracket left open
        scheme, host, port = "", "", None
    if not host or port == 0 or scheme not in {"http", "https"}:
        msg = f"“{url}” is no web address; write it as http://host:port/path."
        raise ConfigError(msg)
    return host


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine."""
    if host in LOOPBACK or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback  # and not the name 127.0.0.1.example.org
    except ValueError:
        return False

"""`manage.py sessionward`: list and end sessions, tidy the store, and show what the settings come to."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from sessionward.session.adapters.django.configuration import Configuration, configured, policies
from sessionward.session.adapters.ends import end_subject, end_tenant
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import AuditAppend, Steps
from sessionward.session.command import Terminate
from sessionward.session.policy import Policy
from sessionward.session.result import StoreError
from sessionward.session.state import Reason, Record, Subject
from sessionward.session.stores.drive import drive
from sessionward.session.trail import Happening, TrailEvent

WRONG = 2
UNAVAILABLE = 3


class Command(BaseCommand):
    """Exits with 0 if it did what it says, 1 if there was nothing to end, 2 for wrong use, 3 without a store."""

    help = "List and end sessions, tidy the store, show the policy."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's declaration; what is wrong is said below

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        parts = parser.add_subparsers(dest="what", required=True)
        found = parts.add_parser("list", help="the living sessions of a user")
        found.add_argument("user", help="their username, as they log in with")
        end = parts.add_parser("end", help="end the sessions of a user, one of them, or those of all users")
        end.add_argument("user", nargs="?", help="their username")
        end.add_argument("--handle", help="only this one of the user's, as `list` shows it")
        end.add_argument("--tenant", help="those of all users of a tenant")
        end.add_argument("--all", action="store_true", help="those of all users, after a break-in")
        parts.add_parser("purge", help="have the store forget what is too old to matter")
        parts.add_parser("show", help="the policies that hold, in seconds")
        parts.add_parser("check-policy", help="whether the policies make sense, without opening the store")

    def handle(self, **options: Any) -> None:
        """Do what was asked."""
        try:
            self._do(options["what"], options)
        except ImproperlyConfigured as error:
            raise CommandError(str(error), returncode=WRONG) from error
        except StoreError as error:
            raise CommandError(str(error), returncode=UNAVAILABLE) from error

    def _do(self, what: str, options: dict[str, Any]) -> None:
        match what:
            case "list":
                self._list(configured(), options["user"])
            case "end":
                self._end(configured(), options)
            case "purge":
                shared = configured()
                self._say(f"{shared.store.purge(now=shared.keeper.clock())} sessions forgotten")
            case "show":
                self._show()
            case _:
                policies()
                self._say("the policies make sense")

    def _list(self, shared: Configuration, name: str) -> None:
        found = _living(shared, shared.subject(_user(name)))
        for record in found:
            self._say(_line(record))
        if not found:
            self._say(f"{name} has no session")

    def _end(self, shared: Configuration, options: dict[str, Any]) -> None:
        name, handle = options["user"], options["handle"]
        tenant = options["tenant"]
        if [name is not None, tenant is not None, options["all"]].count(True) != 1 or (handle and not name):
            raise CommandError(
                "Name a user, with --handle for one session, or --tenant with a name, or --all.",
                returncode=WRONG,
            )
        if tenant == "":
            raise CommandError("A tenant needs a name.", returncode=WRONG)
        if not name:
            nobody = Visit(shared.keeper, None, "/")
            ended = sum(drive(shared.store, end_tenant(nobody, tenant, Reason.ADMINISTRATOR)).values())
        elif handle:
            ended = _end_one(shared, shared.subject(_user(name)), handle)
        else:
            ended = _end_all(shared, shared.subject(_user(name)))
        if not ended and name:
            raise CommandError("There is no such session.", returncode=1)
        self._say(f"{ended} {'session' if ended == 1 else 'sessions'} ended")

    def _show(self) -> None:
        known = policies()
        for line in _figures("all", known.base):
            self._say(line)
        tables = {"tenant": known.tenants, "role": known.roles, "route": known.routes}
        for kind, table in tables.items():
            for name, figures in table.items():
                for figure, value in figures.items():
                    self._say(_figure(f"{kind} {name}", figure, value))

    def _say(self, line: str) -> None:
        self.stdout.write(line)


def _user(name: str) -> Any:
    try:
        model: Any = get_user_model()
        return model._default_manager.get_by_natural_key(name)  # noqa: SLF001 - as Django's own commands do
    except ObjectDoesNotExist as error:
        raise CommandError(f"There is no user {name!r}.", returncode=WRONG) from error


def _living(shared: Configuration, subject: Subject) -> tuple[Record, ...]:
    found = shared.store.list(subject, now=shared.keeper.clock())
    return tuple(record for record in found if not shared.keeper.lapsed(record, "/"))


def _end_all(shared: Configuration, subject: Subject) -> int:
    """End all sessions of `subject`, also any that begins meanwhile; how many there were."""
    living = len(_living(shared, subject))
    drive(shared.store, end_subject(Visit(shared.keeper, None, "/"), subject, Reason.ADMINISTRATOR))
    return living


def _end_one(shared: Configuration, subject: Subject, handle: str) -> int:
    return int(drive(shared.store, _terminated(subject, handle, shared.keeper.clock())))


def _terminated(subject: Subject, handle: str, at: float) -> Steps[bool]:
    reason = Reason.ADMINISTRATOR
    ended: bool = yield Terminate(handle=handle, owner=subject, reason=reason, at=at)
    if ended:
        entry = TrailEvent(at=at, what=Happening.ENDED, subject=subject.id, handle=handle, reason=reason)
        yield AuditAppend(tenant=subject.tenant, content=entry.encode())
    return ended


def _line(record: Record) -> str:
    client = "unknown" if record.client is None else f"{record.client.device}, {record.client.network}"
    begun, active = _time(record.created), _time(record.last_active)
    return f"{record.handle}  {record.state:<9}  begun {begun}  active {active}  {client}"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _figures(where: str, policy: Policy) -> Iterator[str]:
    for entry in fields(policy):
        yield _figure(where, entry.name, getattr(policy, entry.name))


def _figure(where: str, name: str, value: float | None) -> str:
    return f"{where:<12}  {name:<20}  {'none' if value is None else format(value, 'g')}"

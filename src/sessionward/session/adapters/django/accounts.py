"""What listens to Django's accounts, so that its own logins, password changes and admin pages end what they must.

Ends wait for the transaction that they belong to: before it is committed the old password still opens sessions.
What goes past the models (`QuerySet.update`, raw SQL) sends no signal. Then Django's own comparison of the password's
hash, and its refusal of inactive users, still meet the next request.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest

from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.blocking_visit import BlockingVisit
from sessionward.session.adapters.django.configuration import Account, configured, user_id
from sessionward.session.adapters.django.session_engine import CURRENT, USER_KEYS, SessionStore
from sessionward.session.adapters.ends import end_subject
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.phone import login_by_phone
from sessionward.session.adapters.visit import Visit
from sessionward.session.result import StoreError
from sessionward.session.state import Reason, State, Subject
from sessionward.session.stores.drive import drive

PRIVILEGES = ("is_staff", "is_superuser")
WATCHED = ("password", "is_active", *PRIVILEGES)
MEMBERSHIPS = ("groups", "user_permissions")
BEFORE = "_sessionward_before"


def connect() -> None:
    """Listen to the user model of this project."""
    model = get_user_model()
    user_logged_in.connect(_logged_in, dispatch_uid="sessionward.logged_in")
    pre_save.connect(_before_save, dispatch_uid="sessionward.before_save")
    post_save.connect(_after_save, dispatch_uid="sessionward.after_save")
    post_delete.connect(_deleted, dispatch_uid="sessionward.deleted")
    for name in MEMBERSHIPS:
        through = getattr(getattr(model, name, None), "through", None)
        if through is not None:
            m2m_changed.connect(_members_changed, sender=through, dispatch_uid=f"sessionward.{name}")


def session_of(request: HttpRequest) -> SessionStore:
    """The session of `request`.

    Raises:
        ImproperlyConfigured: it is none of ours.

    """
    found: object = getattr(request, "session", None)
    if not isinstance(found, SessionStore):
        raise ImproperlyConfigured(
            'request.session is none of Sessionward\'s: MIDDLEWARE needs "sessionward.django.SessionMiddleware", and '
            'SESSION_ENGINE must be "sessionward.django".'
        )
    return found


def visit(request: HttpRequest) -> BlockingVisit:
    """All that can be done with the session of `request`: lock, step up, list one's own sessions, and more.

    Raises:
        ImproperlyConfigured: it is none of ours.

    """
    return session_of(request).blocking


def first_factor(request: HttpRequest, user: Account, *, method: str = "password") -> None:
    """A first factor of `user` was right: `login` may follow once the second is. Nobody is logged in until then."""
    visit(request).first_factor(configured().subject(user), method=method)


def login_bearer(request: HttpRequest, user: Any, *, method: str = "password") -> Pair:
    """Log `user` in on a phone: a session for the Authorization header, and its first pair of tokens.

    `request.user` is then the user wherever the access token comes, and no cookie is set. What comes with an access
    token is not asked for Django's CSRF token. The next pair is `visit(request).refresh(refresh_token)`.

    Raises:
        ImproperlyConfigured: `user` does not come from `authenticate`, and there are several backends.
        Refused: the client's proof of its key does not hold, or the user's sessions were all ended meanwhile.

    """
    session, shared = session_of(request), configured()
    before = {key: session[key] for key in USER_KEYS if key in session}
    named = {SESSION_KEY: user_id(user), BACKEND_SESSION_KEY: _backend(user)}
    session.update(named | {HASH_SESSION_KEY: user.get_session_auth_hash()})
    subject, role = shared.subject(user), shared.role(user)
    try:
        return session.take(
            login_by_phone(session.visit, subject, role=role, method=method, epoch=None, keep=USER_KEYS)
        )
    except (Refused, StoreError):
        _name(session, before)
        raise


def end_user(user: Account, *, reason: Reason = Reason.ADMINISTRATOR) -> None:
    """End all sessions of `user`. Whether that is allowed is the app's to know."""
    _end(configured().subject(user), reason, keep_own=False)


def _backend(user: Any) -> str:
    """The backend that `user` was authenticated by."""
    known = getattr(user, "backend", None)
    if known is None and len(settings.AUTHENTICATION_BACKENDS) > 1:
        raise ImproperlyConfigured(
            "There are several AUTHENTICATION_BACKENDS: take the user from authenticate."
        )
    return str(known or settings.AUTHENTICATION_BACKENDS[0])


def _logged_in(*, request: HttpRequest | None, user: Account, **_: Any) -> None:
    session: object = getattr(request, "session", None)
    if not isinstance(session, SessionStore):
        return
    shared = configured()
    method = "second-factor" if session.visit.state is State.PENDING else "password"
    subject, role = shared.subject(user), shared.role(user)
    try:
        session.take(session.logging_in(subject, role=role, method=method))
    except (Refused, StoreError):
        _name(session, {})
        raise


def _name(session: SessionStore, named: Mapping[str, Any]) -> None:
    """Let the data of `session` name whom it named before a login was refused: nobody is named without one."""
    for key in USER_KEYS:
        session.pop(key, None)
    session.update(named)


def _is_account(sender: Any) -> bool:
    return isinstance(sender, type) and issubclass(sender, get_user_model())


def _before_save(*, sender: Any, instance: Any, raw: bool, using: str, **rest: Any) -> None:
    """Take down what the database says before it says something else."""
    if not _is_account(sender):
        return
    named = rest.get("update_fields")
    fields = [entry.attname for entry in sender._meta.concrete_fields if entry.attname in WATCHED]  # noqa: SLF001
    fields = [name for name in fields if named is None or name in named]
    before = None
    if fields and not raw and not instance._state.adding:  # noqa: SLF001 - Django's documented model API
        before = sender._base_manager.using(using).filter(pk=instance.pk).values(*fields).first()  # noqa: SLF001
    setattr(instance, BEFORE, before)


def _after_save(*, sender: Any, instance: Any, using: str, **_: Any) -> None:
    before = instance.__dict__.pop(BEFORE, None) if _is_account(sender) else None
    changed = {name for name, value in (before or {}).items() if getattr(instance, name) != value}
    if not changed:
        return
    subject = configured().subject(instance)
    if "is_active" in changed and not instance.is_active:
        _when_committed(subject, Reason.DISABLED, using, keep_own=False)
    elif "password" in changed:
        own = _own(subject) is not None
        reason = Reason.PASSWORD_CHANGE if own else Reason.PASSWORD_RESET
        _when_committed(subject, reason, using, keep_own=True)
    elif changed.intersection(PRIVILEGES):
        _privileges_changed(instance, using)


def _deleted(*, sender: Any, instance: Any, using: str, **_: Any) -> None:
    if _is_account(sender):
        _when_committed(configured().subject(instance), Reason.DISABLED, using, keep_own=False)


def _members_changed(*, instance: Any, action: str, reverse: bool, using: str, **rest: Any) -> None:
    """Groups or permissions of users were changed, from either end of the relation."""
    members = rest["sender"]._meta  # noqa: SLF001 - Django's documented model API
    keys = rest.get("pk_set")
    if action in {"post_add", "post_remove"} and keys:
        _each_privileges_changed(_users(keys, using) if reverse else [instance], using)
    elif action == "pre_clear" and not reverse:
        _each_privileges_changed([instance], using)
    elif action == "pre_clear":
        field = next(entry for entry in members.fields if entry.related_model is type(instance))
        user = next(entry for entry in members.fields if entry.related_model is get_user_model())
        rows = members.model._base_manager.using(using).filter(**{field.name: instance})  # noqa: SLF001
        _each_privileges_changed(_users(rows.values_list(user.attname, flat=True), using), using)


def _users(keys: Iterable[Any], using: str) -> Iterable[Any]:
    return list(get_user_model()._base_manager.using(using).filter(pk__in=list(keys)))  # noqa: SLF001 - likewise


def _each_privileges_changed(users: Iterable[Any], using: str) -> None:
    for user in users:
        _privileges_changed(user, using)


def _privileges_changed(user: Any, using: str) -> None:
    """A session that began with other privileges ends; that of whoever changed their own gets a new token."""
    transaction.on_commit(partial(_renew_own, user), using=using)


def _renew_own(user: Any) -> None:
    shared = configured()
    subject = shared.subject(user)
    _end(subject, Reason.ADMINISTRATOR, keep_own=True)
    own = _own(subject)
    if own is not None:
        own.take(own.visit.change_role(shared.role(user)))


def _when_committed(subject: Subject, reason: Reason, using: str, *, keep_own: bool) -> None:
    transaction.on_commit(partial(_end, subject, reason, keep_own=keep_own), using=using)


def _own(subject: Subject) -> SessionStore | None:
    """The session of the request that is being served, if it is that of `subject`."""
    session = CURRENT.get()
    return session if session is not None and session.visit.subject == subject else None


def _end(subject: Subject, reason: Reason, *, keep_own: bool) -> None:
    shared, session = configured(), CURRENT.get()
    own = _own(subject)
    record = own.visit.record if own is not None and keep_own else None
    by = Visit(shared.keeper, None, "/") if session is None else session.visit
    drive(shared.store, end_subject(by, subject, reason, keep=None if record is None else record.handle))

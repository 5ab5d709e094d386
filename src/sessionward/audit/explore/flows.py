"""Ways through an app, once found: a page, the clicks that open a thing there, and the thing itself.

A flow is found once and followed many times in fresh browsers, so it names elements by what a person sees of
them, not by a position that the next page load may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as field_of

from sessionward.audit.driver import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """How to find an element again: what it is and how it is called.

    ``hover``: as a step of a path it is hovered over and not clicked.
    """

    tag: str
    type: str = ""
    role: str = ""
    name: str = ""
    field: str = ""
    id: str = ""
    href: str = ""
    landmark: str = ""
    hints: str = ""
    ordinal: int = 0
    hover: bool = False

    @classmethod
    def of(cls, element: Element) -> Handle:
        """The handle of an element."""
        return cls(
            tag=element.tag,
            type=element.type,
            role=element.role,
            name=element.name,
            field=element.field,
            id=element.id,
            href=element.href,
            landmark=element.landmark,
            hints=element.hints,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What an account proves itself with. ``totp`` is the base32 secret of RFC 6238."""

    username: str
    password: str = field_of(repr=False)
    totp: str = field_of(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginHints:
    """What the user said about the login where recognition fails: address, CSS selectors, a script of theirs."""

    url: str = ""
    username: str = ""
    password: str = ""
    submit: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginFlow:
    """How one logs in: the page, what must be clicked there to see the form, and whether it can be remembered.

    ``steps`` is how many pages or dialogs ask in turn.
    """

    url: str
    path: tuple[Handle, ...] = ()
    remember: bool = False
    steps: int = 1
    second_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoutFlow:
    """How one logs out: the page, what must be opened there first, the control, and what must be confirmed after."""

    url: str
    path: tuple[Handle, ...] = ()
    control: Handle
    confirm: tuple[Handle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordFlow:
    """How one changes the password: the page, what must be opened there, and the fields."""

    url: str
    path: tuple[Handle, ...] = ()
    current: Handle | None = None
    new: Handle
    confirm: Handle | None = None
    submit: Handle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """How a try to log in ended. ``ok`` is what the pages suggest; the oracle decides later.

    ``reason`` is one sentence for a person; ``remembered`` says that a box to be remembered was ticked.
    ``refused`` says that the app plainly turned the credentials down or holds off, ``broken`` that the browser or the
    network failed, which says nothing of the app.
    """

    ok: bool
    reason: str = ""
    remembered: bool = False
    refused: bool = False
    broken: bool = False
    flow: LoginFlow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFlow:
    """Where the account's own data can be edited: the page, what must be opened there, and the best field to plant in.

    ``kind`` is what the field holds (``sessionward.audit.explore.forms.Personal``), ``before`` what stood in it.
    ``password`` is the field of a form that asks for the present password before it saves.
    """

    url: str
    path: tuple[Handle, ...] = ()
    field: Handle
    kind: str
    private: bool
    password: Handle | None = None
    submit: Handle | None = None
    before: str = field_of(default="", repr=False)

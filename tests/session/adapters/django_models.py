"""Models with owners, in a database in memory, set up within whatever settings other tests made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings
from django.db import connections, models

from sessionward.session.adapters.django.owned_rows import OwnedManager
from sessionward.session.guard.ownership import Guard, whole_tenant

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

if not settings.configured:
    settings.configure(SECRET_KEY="not secret", DATABASES=DATABASES)
    django.setup()

GUARD = Guard()


class Visitor(models.Model):
    """A patient, who is not guarded."""

    notes: Any
    objects: models.Manager["Visitor"] = models.Manager()

    class Meta:
        app_label = "guarded"

    def __str__(self) -> str:
        return str(self.pk)


class Note(models.Model):
    """What a doctor wrote about a patient."""

    clinic_id: Any = models.TextField()
    patient: Any = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="notes")
    words: Any = models.TextField()
    objects = OwnedManager(GUARD, tenant="clinic_id", subject="patient_id", roles={"doctor": whole_tenant})

    class Meta:
        app_label = "guarded"

    def __str__(self) -> str:
        return str(self.pk)


@contextmanager
def tables() -> Iterator[None]:
    """The tables of the models, in a database of their own, with three patients and a note for each."""
    before = connections.settings
    connections.settings = connections.configure_settings(DATABASES)
    connections["default"] = connections.create_connection("default")
    try:
        with connections["default"].schema_editor() as editor:
            editor.create_model(Visitor)
            editor.create_model(Note)
        for number, clinic in ((1, "north"), (2, "north"), (3, "south")):
            patient = Visitor.objects.create(id=number)
            Note.objects.create(id=number, clinic_id=clinic, patient=patient, words=f"of {number}")
        yield
    finally:
        connections["default"].close()
        del connections["default"]
        connections.settings = before

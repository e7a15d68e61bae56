"""The sections of a case file and their fields, from the country's pack, by date."""

from datetime import date
from functools import cache

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.packs import load
from balise.helpline.contacts.rules.forms import JSON, Field, FieldKind, Form, Option, read_fields


class Section(TextChoices):
    """What a file holds, in the order in which it is read."""

    OVERVIEW = "overview", _("Summary")
    PEOPLE = "people", _("People")
    INCIDENTS = "incidents", pgettext_lazy("case", "Facts")
    NOTES = "notes", pgettext_lazy("case", "Notes")
    DOCUMENTS = "documents", _("Documents")
    FOLLOW_UPS = "follow_ups", _("Follow-ups")
    TASKS = "tasks", _("Tasks")
    COMPLAINT = "complaint", _("Complaint")


# Once for each file; the others as often as needed.
SINGLE = frozenset({Section.OVERVIEW, Section.COMPLAINT})
# They have a day and someone, and get done.
DUE = frozenset({Section.FOLLOW_UPS, Section.TASKS})


@cache
def section_form(section: Section, *, country: str, on: date) -> Form:
    """Return the fields of a section on a day, with the lists of that day."""
    fields, lists = _whole(country)
    return Form(
        fields=tuple(
            field
            for field in fields
            if field.section == section and field.since <= on <= field.until
        ),
        lists={
            name: tuple(option for option in options if option.is_in_force(on))
            for name, options in lists.items()
        },
        every=lists,
    )


def in_words(form: Form, values: dict[str, JSON]) -> list[tuple[str, str]]:
    """Return (label, words) of what is filled in; codes are said in the active language."""
    said = []
    for field in form.fields:
        words = _said(field, form, values.get(field.code))
        if words:
            said.append((str(field.label), words))
    return said


@cache
def _whole(country: str) -> tuple[tuple[Field, ...], dict[str, tuple[Option, ...]]]:
    pack = load("balise.helpline.cases", country=country, name="case_form")
    return read_fields(pack, name="case_form", sections=Section)


def _said(field: Field, form: Form, value: JSON) -> str:
    if value in {None, ""} if not isinstance(value, list) else not value:
        return ""
    if field.kind in {FieldKind.CHOICE, FieldKind.MANY}:
        codes = value if isinstance(value, list) else [str(value)]
        return ", ".join(form.label_of(code, of=field.options) for code in codes)
    if field.kind is FieldKind.YES_NO:
        return str({"yes": _("Yes"), "no": _("No")}.get(str(value), _("Not known")))
    if field.kind is FieldKind.DATE:
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    return str(value)

"""What someone fills in of press items."""

import hashlib
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.clock import today
from balise.foundation.files.uploads import refuse_what_did_not_come, takes_plain_files
from balise.foundation.refusals import refusals_as
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.steering.imports import actions as imports, queries as imported
from balise.steering.imports.rules.cells import FileUnreadable
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.web.forms import FileForm, NumberField, printed_of
from balise.steering.press import access, actions, queries
from balise.steering.press.queries import Filter, headings, looked_at
from balise.steering.press.rules.files import (
    FIELDS,
    LONGEST,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    NEEDED,
    HeadingKind,
    ItemTold,
    quantity_of,
    whole,
)
from balise.steering.press.rules.syndication import (
    LONGEST as LONGEST_ADDRESS,
    LONGEST_CODE,
    Medium,
    Tone,
    code_of,
)

_A_YEAR: Final = timedelta(days=364)


def _named(kind: HeadingKind) -> list[tuple[str, str]]:
    none = pgettext_lazy("press", "None")
    return [("", str(none)), *headings()[kind].items()]


class FilterForm(forms.Form):
    """What a list holds; a year until today where nothing is said."""

    first = DayField(label=gettext_lazy("First day"), required=False)
    last = DayField(label=gettext_lazy("Last day"), required=False)
    medium = forms.ChoiceField(
        label=pgettext_lazy("press", "Medium"),
        choices=[("", pgettext_lazy("press", "All")), *Medium.choices],
        required=False,
    )
    topic = forms.ChoiceField(label=pgettext_lazy("press", "Topic"), required=False)
    sequence = forms.ChoiceField(label=pgettext_lazy("press", "Sequence"), required=False)
    campaign = forms.CharField(
        label=gettext_lazy("Code of the campaign"), max_length=30, required=False
    )
    page = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        began = {"last": today(), "first": today() - _A_YEAR}
        super().__init__(data or None, initial=began)
        everything = ("", pgettext_lazy("press", "All"))
        names = headings()
        for name, kind in (("topic", HeadingKind.TOPIC), ("sequence", HeadingKind.SEQUENCE)):
            self.fields[name].choices = [everything, *names[kind].items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Filter:
        """What is asked for, as far as it is valid."""
        asked = self.cleaned_data if self.is_valid() else {}
        last = asked.get("last") or today()
        return Filter(
            asked.get("first") or last - _A_YEAR,
            last,
            Medium(asked["medium"]) if asked.get("medium") else None,
            asked.get("topic", ""),
            asked.get("sequence", ""),
            asked.get("campaign", "").strip().upper(),
        )


class ItemForm(forms.Form):
    """A press item."""

    day = DayField(label=pgettext_lazy("press", "Day"))
    outlet = forms.CharField(label=pgettext_lazy("press", "Outlet"), max_length=LONGEST)
    programme = forms.CharField(
        label=pgettext_lazy("press", "Programme"), max_length=LONGEST, required=False
    )
    title = forms.CharField(label=pgettext_lazy("press", "Title"), max_length=LONGEST_TITLE)
    medium = CodeField(Medium, label=pgettext_lazy("press", "Medium"))
    address = forms.CharField(
        label=pgettext_lazy("press", "Web address"), max_length=LONGEST_ADDRESS, required=False
    )
    summary = LongTextField(
        label=pgettext_lazy("press", "Summary"),
        rows=3,
        max_length=LONGEST_SUMMARY,
        required=False,
        help_text=gettext_lazy("It helps to find the same article in other outlets."),
    )
    topic = forms.ChoiceField(
        label=pgettext_lazy("press", "Topic"),
        choices=lambda: _named(HeadingKind.TOPIC),
        required=False,
    )
    sequence = forms.ChoiceField(
        label=pgettext_lazy("press", "Sequence"),
        choices=lambda: _named(HeadingKind.SEQUENCE),
        required=False,
    )
    campaign = forms.CharField(
        label=gettext_lazy("Code of the campaign"), max_length=30, required=False
    )
    audience = NumberField(
        label=pgettext_lazy("press", "Audience (opportunities to see)"), required=False
    )
    tone = forms.TypedChoiceField(
        label=pgettext_lazy("press", "Tone"),
        choices=[("", pgettext_lazy("press", "Not judged")), *Tone.choices],
        coerce=Tone,
        empty_value=None,
        required=False,
    )
    equivalent = NumberField(
        label=pgettext_lazy("press", "Advertising equivalent (euros)"),
        required=False,
        help_text=gettext_lazy(
            "It does not measure the value of press work. It stands in no total of figures."
        ),
    )
    evidence = forms.FileField(
        label=pgettext_lazy("press", "Evidence file"),
        required=False,
        help_text=gettext_lazy("Only its digest is kept: keep the file."),
    )

    def __init__(self, *given: Any, evidence: str = "", **options: Any) -> None:
        super().__init__(*given, **options)
        self._evidence = evidence
        if not settings.PRESS_EQUIVALENT:
            del self.fields["equivalent"]

    def clean_equivalent(self) -> int | None:
        quantity = self.cleaned_data["equivalent"]
        if quantity is None:
            return None
        with refusals_as(ValidationError):
            return whole(quantity)

    def clean_evidence(self) -> str:
        sent = self.cleaned_data["evidence"]
        if not sent:
            return self._evidence
        refuse_what_did_not_come(sent)
        digest = hashlib.sha256()
        for piece in sent.chunks():
            digest.update(piece)
        return digest.hexdigest()

    @property
    def told(self) -> ItemTold:
        """What was typed, once it is valid."""
        return ItemTold(**self.cleaned_data)


class PressFileForm(FileForm):
    """A file of a monitoring service."""

    file = forms.FileField(label=gettext_lazy("File (CSV, XLSX, RSS or Atom)"))


class HeadingForm(forms.Form):
    """A topic or a sequence."""

    kind = CodeField(HeadingKind, label=pgettext_lazy("press", "Kind"))
    name = forms.CharField(label=pgettext_lazy("press", "Name"), max_length=LONGEST)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not code_of(name):
            raise ValidationError(
                _("Use at least a letter or a digit, of %(most)d.") % {"most": LONGEST_CODE}
            )
        return name


def initial_of(row: Any) -> dict[str, Any]:
    """Return what an item says now, as the form has it."""
    now = {name: getattr(row, name) for name in ItemForm.base_fields if name != "evidence"}
    return {
        **now,
        "audience": printed_of(quantity_of(row.audience, row.bound)),
        "equivalent": "" if row.equivalent is None else row.equivalent,
    }


# Files of press items, looked at row by row; and which items are one article.


_SHOWN = 100  # rows of a file on its page; all of them are looked at


@staff.form
@partial(takes_plain_files, most=imports.MOST_BYTES)
def bring(request: Request) -> HttpResponse:
    """Read a file; each of its rows is shown before anything is entered."""
    access.require(request.actor, access.WRITE)
    form = PressFileForm(posted(request), request.FILES or None)
    if form.is_valid():
        with attempt(request, form):
            file = form.cleaned_data["file"]
            brought = imports.bring(
                kind=ImportKind.PRESS, name=file.name, octets=file.read(), by=request.actor
            )
            return redirect("staff:press:file", brought)
    shown = {
        "form": form,
        "columns": [(label, name in NEEDED) for name, (label, _names) in FIELDS.items()],
        "files": imported.listed(ImportKind.PRESS, seen_by=request.actor),
    }
    return render(request, "press/bring.html", shown, status=status_of(form))


@staff.form
def file(request: Request, brought_id: UUID) -> HttpResponse:
    """Show what would become of each row, or what became of them; take the file in."""
    if request.method == "POST":
        with attempt(request, said=_("The file is imported.")):
            actions.take_in(brought_id=brought_id, by=request.actor)
        return redirect("staff:press:file", brought_id)
    access.require(request.actor, access.WRITE)
    found = imported.opened(brought_id, ImportKind.PRESS, seen_by=request.actor)
    if found.done_at is not None:
        return render(request, "press/file.html", {"file": found})
    try:
        verdict = looked_at(brought_id, seen_by=request.actor)
    except FileUnreadable as refusal:
        return render(request, "press/file.html", {"file": found, "fault": refusal.message})
    shown = {
        "file": found,
        "found": verdict,
        "counts": [
            (_("New rows"), len(verdict.new)),
            (_("Rows known already"), len(verdict.known)),
            (_("Rows to correct"), len(verdict.refused)),
            (_("Groups of one article, to confirm later"), len(verdict.groups)),
        ],
        "rows": verdict.new[:_SHOWN],
        "more": max(0, len(verdict.new) - _SHOWN),
        "refused": found.as_typed((line.number, line.refused) for line in verdict.refused),
        "added": [
            (kind.label, ", ".join(names.values()))
            for kind, names in verdict.added.items()
            if names
        ],
    }
    return render(request, "press/file.html", shown)


@staff.form
def groups(request: Request) -> HttpResponse:
    """Show items that may be one article; say whether they are."""
    access.require(request.actor, access.WRITE)
    if request.method == "POST":
        chosen = _ids(request.POST.getlist("item"))
        is_one = request.POST.get("say") == "one"
        with attempt(request, said=_("Saved.")):
            (actions.group if is_one else actions.keep_apart)(items=chosen, by=request.actor)
        return redirect("staff:press:groups")
    form = FilterForm(request.GET)
    shown = {
        "form": form,
        "proposals": queries.proposals(form.chosen, seen_by=request.actor),
    }
    return render(request, "press/groups.html", shown)


@staff.post
def ungroup(request: Request, item_id: UUID) -> HttpResponse:
    """Undo the group of an item."""
    with attempt(request, said=_("The group is undone.")):
        actions.ungroup_of(item_id=item_id, by=request.actor)
    return redirect("staff:press:item", item_id)


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found

"""What a partner's people fill in: one report, a file of them, filters, a message."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext

from balise.foundation.clock import today
from balise.foundation.finding import there
from balise.foundation.tables import as_csv
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import DayField, LongTextField
from balise.hotline.desk import access
from balise.hotline.desk.actions import preparing, reading, sending
from balise.hotline.desk.queries import drafts, own
from balise.hotline.desk.queries.own import Filters
from balise.hotline.desk.rules.columns import CODES, COLUMNS
from balise.hotline.desk.rules.reading import as_a_form_has_it, as_cells
from balise.hotline.desk.rules.words import DraftState, Stage
from balise.hotline.reports.actions import dialogue
from balise.hotline.reports.queries.receipts import Followed
from balise.hotline.reports.rules.categories import UNKNOWN, categories, category
from balise.hotline.reports.rules.completeness import completeness
from balise.hotline.reports.rules.given import (
    EARLIEST,
    LONGEST_CONTEXT,
    LONGEST_DESCRIPTION,
    LONGEST_IDENTITIES,
    LONGEST_MESSAGE,
    LONGEST_REFERENCE,
)
from balise.hotline.reports.rules.places import LONGEST_NAME, LONGEST_PLACE
from balise.hotline.reports.rules.words import PlaceKind

_NAMED = [(one.code, one.name) for one in categories(settings.COUNTRY)]
_CATEGORIES = [
    ("", _("I do not know")),
    *((code, name) for code, name in _NAMED if code != UNKNOWN),
]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"\d{2}:\d{2}")
_OFF_THE_WEB = [
    ("", _("On the web: the address above is enough")),
    *((kind.value, kind.label) for kind in PlaceKind if kind is not PlaceKind.WEB),
]


class ReportForm(forms.Form):
    """One report. Nothing is refused here: what is the matter is said beside it, and kept."""

    address = LongTextField(
        label=_("Exact addresses"),
        help_text=_("One per line: the page itself, not the whole site."),
        required=False,
        max_length=LONGEST_PLACE,
        rows=3,
        attrs={"spellcheck": "false", "autocomplete": "off"},
    )
    as_written = forms.BooleanField(
        label=_("Send what is no address as I wrote it"), required=False
    )
    place_kind = forms.ChoiceField(
        label=_("If it is not on a website"), choices=_OFF_THE_WEB, required=False
    )
    service = forms.CharField(
        label=_("Name of the app or game"), required=False, max_length=LONGEST_NAME
    )
    place = forms.CharField(
        label=_("Account, group or number"), required=False, max_length=LONGEST_DESCRIPTION
    )
    category = forms.ChoiceField(label=_("Category"), choices=_CATEGORIES, required=False)
    met_on = forms.CharField(
        label=_("Day on which it was seen"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    met_time = forms.CharField(
        label=_("Time at which it was seen"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    description = LongTextField(
        label=_("Description"),
        help_text=_("Two or three sentences. Describe, never copy."),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        rows=4,
    )
    identities = LongTextField(
        label=_("Known facts about the author"),
        help_text=_("A pseudonym, an account, a place; or “nothing known”."),
        required=False,
        max_length=LONGEST_IDENTITIES,
        rows=2,
    )
    context = LongTextField(
        label=_("Context"),
        help_text=_("Origin, people concerned, and steps already taken."),
        required=False,
        max_length=LONGEST_CONTEXT,
        rows=3,
    )
    danger = forms.BooleanField(label=_("Someone may be in danger now"), required=False)
    reference = forms.CharField(
        label=_("Your reference"),
        help_text=_("Your own number, to find the report again."),
        required=False,
        max_length=LONGEST_REFERENCE,
    )

    @property
    def cells(self) -> dict[str, str]:
        """Return what was written, as the cells of a line, whatever it is."""
        given = {code: str(self.data.get(code, "")) for code in CODES}
        ticked = ("danger", "as_written")
        return given | {code: "yes" if self.data.get(code) else "" for code in ticked}

    @classmethod
    def of(cls, cells: dict[str, str]) -> "ReportForm":
        """Return the form filled with the cells of a draft, even with what it cannot read."""
        shown = as_a_form_has_it(cells, country=settings.COUNTRY)
        if shown.get("category") == UNKNOWN:
            shown["category"] = ""
        ticked = {code: bool(shown[code]) for code in ("danger", "as_written")}
        form = cls(initial={**shown, **ticked})
        for name, shape in (("met_on", _ISO_DAY), ("met_time", _HOUR)):
            widget = form.fields[name].widget
            written = shown.get(name, "")
            # A browser shows nothing of a day that it cannot read.
            if written and not shape.fullmatch(written) and isinstance(widget, forms.TextInput):
                widget.input_type = "text"
        for name, choices in (("category", _CATEGORIES), ("place_kind", _OFF_THE_WEB)):
            written, field = shown.get(name, ""), form.fields[name]
            if written not in dict(choices) and isinstance(field, forms.ChoiceField):
                field.choices = [*choices, (written, written)]
        return form


class FileForm(forms.Form):
    """A file of reports."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, CSV or JSON; 5 MB and 2,000 lines at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json,.jsonl"}),
    )


class FilterForm(forms.Form):
    """What to show of one's own reports. A filter that says nothing readable shows all."""

    stage = forms.ChoiceField(
        label=_("State"),
        choices=lambda: [("", _("All states")), *((one.value, one.label) for one in Stage)],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All categories")), *_NAMED], required=False
    )
    since = DayField(label=_("Received from"), required=False)
    until = DayField(label=_("Received until"), required=False)
    asks = forms.BooleanField(label=_("Only those with a question for us"), required=False)

    @property
    def filters(self) -> Filters:
        """Return the filters that were chosen."""
        chosen: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        stage = chosen.get("stage", "")
        return Filters(
            stage=Stage(stage) if stage else None,
            category=chosen.get("category", ""),
            since=max(chosen["since"], EARLIEST) if chosen.get("since") else None,
            until=min(max(chosen["until"], EARLIEST), today()) if chosen.get("until") else None,
            asks=chosen.get("asks", False),
        )


class MessageForm(forms.Form):
    """A message of the dialogue; sent twice, it is there once."""

    message_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = LongTextField(label=_("Your message"), max_length=LONGEST_MESSAGE, rows=3)


# Follow one's own reports to their end: states, questions, a list to take outside.


_WHERE = frozenset({"address", "as_written", "place", "place_kind", "service"})


@staff.get
def home(request: Request) -> HttpResponse:
    """Show the partner's reports, and what waits for its people."""
    form = FilterForm(request.GET)
    page = request.GET.get("page", "1")
    found = own.own_page(
        filters=form.filters,
        page=int(page) if page.isdecimal() else 1,
        seen_by=request.actor,
    )
    chosen = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "form": form,
        "found": found,
        "asked": urlencode(chosen),
        "newer": _page_at(chosen, found.page - 1) if found.page > 1 else "",
        "older": _page_at(chosen, found.page + 1) if found.page < found.pages else "",
        "batches": drafts.batches(seen_by=request.actor),
        "asking": own.asking_count(seen_by=request.actor),
        "is_filtered": bool(chosen),
    }
    return render(request, "hotline/desk/home.html", context)


@staff.form
def report(request: Request, report_id: UUID) -> HttpResponse:
    """Show one report of the partner in clear; write to the analysts about it."""
    form = MessageForm(posted(request))
    if form.is_valid():
        dialogue.write_as_partner(report_id=report_id, by=request.actor, **form.cleaned_data)
        messages.success(request, gettext("Your message has been sent to the analysts."))
        return redirect("staff:desk:report", report_id)
    opened = reading.open_own(report_id=report_id, by=request.actor)
    context = {
        "report": there(own.own_report(report_id, seen_by=request.actor)),
        "opened": opened,
        "told": _told(opened),
        "completeness": completeness(opened.answers),
        "form": form if form.is_bound else MessageForm(initial={"message_id": uuid4()}),
    }
    return render(request, "hotline/desk/report.html", context, status=status_of(form))


@staff.post
def take(request: Request) -> HttpResponse:
    """Hand the list over, as the filters leave it; that it left is written down."""
    found = reading.take_own(filters=FilterForm(request.POST).filters, by=request.actor)
    heads = (
        *(
            gettext("Report number"),
            gettext("Your reference"),
            gettext("Received on"),
            gettext("Category"),
            gettext("State"),
        ),
        *(
            pgettext("design", "Content"),
            gettext("Verdict"),
            pgettext("report", "Decided on"),
            gettext("Removed on"),
        ),
    )
    rows: list[tuple[object, ...]] = [heads]
    for taken in found:
        one = taken.report
        moments = (one.received_at, one.decided_at, one.removed_at)
        received, decided, removed = (
            f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else "" for moment in moments
        )
        rows.append(
            (
                one.number,
                taken.reference,
                received,
                str(one.category.name),
                one.stage.label,
                one.contents,
                ", ".join(one.verdicts),
                decided,
                removed,
            )
        )
    content = as_csv(rows).encode()
    headers = {"Content-Disposition": 'attachment; filename="balise.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _told(opened: Followed) -> list[tuple[str, str]]:
    """Return what the partner told, under the names of the template's columns; no address."""
    cells = as_cells(opened.answers)
    cells["category"] = str(category(opened.answers.category, country=settings.COUNTRY).name)
    if opened.answers.met_on:
        cells["met_on"] = date_format(opened.answers.met_on, "DATE_FORMAT")
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return [
        (column.named(language).capitalize(), cells[column.code])
        for column in COLUMNS
        if cells[column.code] and column.code not in _WHERE
    ]


def _page_at(chosen: dict[str, str], page: int) -> str:
    return f"?{urlencode({**chosen, 'page': page})}"


# Report one content: write, see what the police would still need, send.


@staff.form
def new(request: Request) -> HttpResponse:
    """Write one report; it is kept before anything is said about it."""
    access.require_member(request.actor)
    if request.method != "POST":
        return render(request, "hotline/desk/new.html", {"form": ReportForm()})
    draft_id = preparing.prepare_one(cells=ReportForm(request.POST).cells, by=request.actor)
    return redirect("staff:desk:draft", draft_id)


@staff.form
def draft(request: Request, draft_id: UUID) -> HttpResponse:
    """Show what a draft says and what it lacks; write it anew."""
    if request.method == "POST":
        with attempt(request):
            preparing.revise(
                draft_id=draft_id, cells=ReportForm(request.POST).cells, by=request.actor
            )
        return redirect("staff:desk:draft", draft_id)
    return _show(request, draft_id)


@staff.post
def send(request: Request, draft_id: UUID) -> HttpResponse:
    """Send one draft."""
    with attempt(request, said=gettext("Accepted: the analysts have received it.")):
        report_id = sending.send_one(draft_id=draft_id, by=request.actor)
        return redirect("staff:desk:report", report_id)
    return redirect("staff:desk:draft", draft_id)


@staff.post
def drop(request: Request, draft_id: UUID) -> HttpResponse:
    """Give a draft up."""
    with attempt(request, said=gettext("Discarded. Nothing was sent.")):
        preparing.drop(draft_id=draft_id, by=request.actor)
        return redirect("staff:desk:home")
    return redirect("staff:desk:draft", draft_id)


def _show(request: Request, draft_id: UUID) -> HttpResponse:
    found = there(drafts.draft(draft_id, seen_by=request.actor))
    if found.state is DraftState.SENT:
        return redirect("staff:desk:report", there(found.report))
    form = ReportForm.of(dict(found.cells))
    context = {
        "draft": found,
        "form": form,
        "faults": [
            (form[fault.field].label if fault.field in form.fields else "", fault)
            for fault in found.faults
        ],
        "may_send": found.state in {DraftState.READY, DraftState.KNOWN, DraftState.SAME},
    }
    return render(request, "hotline/desk/draft.html", context)

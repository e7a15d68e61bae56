"""Follow one's own reports to their end: states, questions, a list to take outside."""

from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _, pgettext

from balise.foundation.finding import there
from balise.foundation.tables import as_csv
from balise.foundation.web.attempts import posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.desk.actions import reading, taking
from balise.hotline.desk.queries import drafts, own
from balise.hotline.desk.rules.columns import COLUMNS
from balise.hotline.desk.rules.reading import as_cells
from balise.hotline.desk.web.forms import FilterForm, MessageForm
from balise.hotline.reports.actions import dialogue
from balise.hotline.reports.queries.receipts import Followed
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.completeness import completeness

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
        messages.success(request, _("Your message has been sent to the analysts."))
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
    found = taking.take_own(filters=FilterForm(request.POST).filters, by=request.actor)
    heads = (
        *(_("Report number"), _("Your reference"), _("Received on"), _("Category"), _("State")),
        *(
            pgettext("design", "Content"),
            _("Verdict"),
            pgettext("report", "Decided on"),
            _("Removed on"),
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

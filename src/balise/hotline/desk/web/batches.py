"""Report many: take the template, bring a file, see each line's answer, send what is ready."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _, ngettext

from balise.foundation.files.keeping import read_upload
from balise.foundation.files.uploads import SealedUpload, takes_files
from balise.foundation.finding import there
from balise.foundation.tables import as_csv
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.desk import access
from balise.hotline.desk.actions import preparing, sending
from balise.hotline.desk.queries import drafts
from balise.hotline.desk.queries.drafts import OpenedBatch
from balise.hotline.desk.rules.columns import COLUMNS, reason_named
from balise.hotline.desk.rules.files import (
    CONTENT_TYPES,
    MOST_BYTES,
    MOST_LINES,
    FileRefused,
    Form,
    template,
)
from balise.hotline.desk.web.forms import FileForm
from balise.hotline.reports.rules.categories import categories

_FORMS = {Form.CSV.value, Form.XLSX.value, Form.JSON.value}


@staff.form
@takes_files
def new(request: Request) -> HttpResponse:
    """Bring a file; each of its lines is kept with its answer."""
    access.require_member(request.actor)
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        with attempt(request, form, at="file"):
            batch_id = preparing.prepare_file(content=_content(form), by=request.actor)
            return redirect("staff:desk:batch", batch_id)
    context = {
        "form": form,
        "columns": [(column.named(_language()), column.says) for column in COLUMNS],
        "categories": categories(settings.COUNTRY),
        "most_lines": MOST_LINES,
    }
    return render(request, "hotline/desk/new_batch.html", context, status=status_of(form))


@staff.get
def give_template(request: Request, form: str) -> HttpResponse:
    """Hand the template over, in the language of the page."""
    access.require_member(request.actor)
    if form not in _FORMS:
        raise Http404
    chosen = Form(form)
    codes = [(one.code, str(one.name)) for one in categories(settings.COUNTRY)]
    content = template(chosen, language=_language(), codes=codes)
    return _file(content, CONTENT_TYPES[chosen], f"balise-{_language()}.{form}")


@staff.get
def batch(request: Request, batch_id: UUID) -> HttpResponse:
    """Show each line's answer."""
    found = _opened(request, batch_id)
    named = {column.code: column.named(_language()) for column in COLUMNS}
    rows = [
        (one, [(named.get(fault.field, ""), fault) for fault in one.faults]) for one in found.drafts
    ]
    context = {"batch": found.standing, "rows": rows, "found": found}
    return render(request, "hotline/desk/batch.html", context)


@staff.post
def send(request: Request, batch_id: UUID) -> HttpResponse:
    """Send the lines that are ready."""
    with attempt(request):
        sent = sending.send_batch(batch_id=batch_id, by=request.actor)
        said = ngettext("%(count)d report accepted.", "%(count)d reports accepted.", sent.sent)
        messages.success(request, said % {"count": sent.sent})
    return redirect("staff:desk:batch", batch_id)


@staff.get
def faulty(request: Request, batch_id: UUID) -> HttpResponse:
    """Hand the lines over that are to be corrected, each with its reason, to be brought again."""
    found = drafts.faulty(batch_id, seen_by=request.actor)
    if not found:
        raise Http404
    language = _language()
    rows = [[*(column.named(language) for column in COLUMNS), reason_named(language)]]
    for one in found:
        cells = [one.cells.get(column.code, "") for column in COLUMNS]
        rows.append([*cells, " ".join(str(fault.message) for fault in one.faults)])
    content = as_csv(rows).encode()
    return _file(content, CONTENT_TYPES[Form.CSV], f"balise-{batch_id.hex[:8]}.csv")


def _content(form: FileForm) -> bytes:
    upload = form.cleaned_data["file"]
    if not isinstance(upload, SealedUpload):
        raise FileRefused(_("The file did not arrive. Try again."))
    if upload.refusal is not None:
        raise upload.refusal
    if upload.size is None or upload.size > MOST_BYTES:
        raise FileRefused(_("The file is too large: 5 MB and 2,000 lines at most."))
    return b"".join(read_upload(upload, line="hotline"))


def _opened(request: Request, batch_id: UUID) -> OpenedBatch:
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() else 1
    return there(drafts.batch(batch_id, seen_by=request.actor, page=number))


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"

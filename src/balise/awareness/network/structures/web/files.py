"""Files of médiation numérique: looked at line by line, brought in once confirmed, written out."""

from typing import Final

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.awareness.network.structures import access
from balise.awareness.network.structures.actions import exchanging
from balise.awareness.network.structures.queries.exchanging import outside, verdict
from balise.awareness.network.structures.rules.mediation.reading import text_of
from balise.awareness.network.structures.rules.mediation.writing import lines_of
from balise.awareness.network.structures.web.forms import FileForm, TextForm
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.limited.lanes import EXPORTS
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 1_000
_CSV: Final = "text/csv; charset=utf-8"


@staff.form
@takes_plain_files
def bring_in(request: Request) -> HttpResponse:
    """Look at a file: what would become of each line. Nothing is kept yet."""
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        text = text_of(file.read(MOST_BYTES + 1))
        if file.size > MOST_BYTES or text.count("\n") > MOST_LINES:
            form.add_error("file", ValidationError(_("The file is too large. Split it.")))
        else:
            with attempt(request, form, at="file"):
                found = verdict(text, seen_by=request.actor)
                counts = (
                    (_("Lines to register"), str(found.new)),
                    (_("Lines known already"), str(len(found.known))),
                    (_("Lines to correct"), str(len(found.refused))),
                )
                shown = {"found": found, "counts": counts, "text": TextForm({"text": text})}
                return render(request, "structures/staff/verdict.html", shown)
    left = outside(seen_by=request.actor)
    shown = {"form": form, "left": [(why.label, many) for why, many in left.items()]}
    return render(request, "structures/staff/bring_in.html", shown, status=status_of(form))


@staff.post
def confirm(request: Request) -> HttpResponse:
    """Bring in the lines that are right, or give back those to correct."""
    access.require(request.actor, access.WRITE)
    form = TextForm(posted(request))
    if not form.is_valid():
        return redirect("staff:structures:bring_in")
    text = form.cleaned_data["text"]
    if request.POST.get("say") == "faulty":
        found = verdict(text, seen_by=request.actor)
        rows = [line.cells for line in found.refused]
        return _file(lines_of(found.sheet.columns, rows), "to-correct.csv")
    with attempt(request):
        done = exchanging.bring_in(text=text, by=request.actor)
        return render(request, "structures/staff/brought.html", {"done": done})
    return redirect("staff:structures:bring_in")


@staff.post
@EXPORTS.turn()
def write_out(request: Request) -> HttpResponse:
    """Give the register as a file of the schema."""
    with attempt(request):
        done = exchanging.write_out(by=request.actor)
        return _file(done.text, "structures-mediation-numerique.csv")
    return redirect("staff:structures:bring_in")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff" + text, content_type=_CSV)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

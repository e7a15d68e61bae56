"""Files of press items, looked at row by row; and which items are one article."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.steering.imports import actions as imports, queries as imported
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.rules.refusals import FileUnreadable
from balise.steering.press import access, queries
from balise.steering.press.actions import grouping, importing
from balise.steering.press.queries.importing import looked_at
from balise.steering.press.rules.files import FIELDS, NEEDED
from balise.steering.press.web.forms import FilterForm, PressFileForm

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
            importing.take_in(brought_id=brought_id, by=request.actor)
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
            (grouping.group if is_one else grouping.keep_apart)(items=chosen, by=request.actor)
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
        grouping.ungroup_of(item_id=item_id, by=request.actor)
    return redirect("staff:press:item", item_id)


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found

"""A notice in other forms, for the people of its line: see, copy, download; all written down."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.takedown.directory import queries as directory
from balise.takedown.directory.rules.choosing import Wanted
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions import drafting
from balise.takedown.notices.documents import exchange
from balise.takedown.notices.documents.letter import letter
from balise.takedown.notices.documents.sheet import sheet
from balise.takedown.notices.queries import OpenedNotice
from balise.takedown.notices.rules.documents import DocumentKind
from balise.takedown.notices.web.forms.writing import LetterForm


@staff.get
def documents(request: Request, notice_id: UUID) -> HttpResponse:
    """Show the forms that a notice can take, how complete it is, and the ways to its recipient."""
    found = there(queries.notice(notice_id, seen_by=request.actor))
    try:
        opened = drafting.read(notice_id=notice_id, by=request.actor)
    except KeyForgotten:
        return redirect("staff:notices:notice", notice_id)
    wanted = Wanted(
        line=found.line,
        country=found.country,
        category=opened.offence.dsa_category,
        keyword=opened.offence.dsa_keyword,
    )
    context = {
        "notice": found,
        "opened": opened,
        "kinds": [kind for kind in DocumentKind if kind is not DocumentKind.XARF],
        "xarf": DocumentKind.XARF,
        "xarf_kinds": exchange.xarf_kinds(opened) if opened.letter.names_notifier else (),
        "options": directory.ways_to(found.contact.organisation_id, wanted=wanted),
    }
    return render(request, "takedown/notices/documents.html", context)


@staff.get
def document(request: Request, notice_id: UUID, kind: str) -> HttpResponse:
    """Show or download one document of a complete notice."""
    found = queries.notice(notice_id, seen_by=request.actor)
    if found is None or kind not in set(DocumentKind):
        raise Http404
    draw, form = _DRAWN[DocumentKind(kind)], DocumentKind(kind)
    try:
        with attempt(request):
            opened = drafting.take(notice_id=notice_id, kind=form, by=request.actor)
            return draw(request, opened)
    except KeyForgotten:
        return redirect("staff:notices:notice", notice_id)
    return redirect("staff:notices:documents", notice_id)


@staff.post
def completeness(request: Request, notice_id: UUID) -> HttpResponse:
    """Answer how complete a letter is while it is written; nothing is saved."""
    found = there(queries.notice(notice_id, seen_by=request.actor))
    access.require(request.actor, access.SEND, line=found.line)
    form = LetterForm(request.POST)
    sighting = queries.letter_of(found).sighting
    context = {"score": queries.score_of(found, form.as_written(sighting=sighting))}
    return render(request, "takedown/notices/parts.html#completeness", context)


def _letter(_request: Request, opened: OpenedNotice) -> HttpResponse:
    return _file(letter(opened), f"{opened.number}.pdf", "application/pdf")


def _sheet(request: Request, opened: OpenedNotice) -> HttpResponse:
    context = {"notice": opened.notice, "opened": opened, "fields": sheet(opened)}
    return render(request, "takedown/notices/sheet.html", context)


def _xarf(request: Request, opened: OpenedNotice) -> HttpResponse:
    reports = exchange.xarf(opened, kind=request.GET.get("as", ""))
    one_or_all = reports[0] if len(reports) == 1 else reports
    return _json(one_or_all, f"{opened.number}-xarf.json")


def _cloudflare(_request: Request, opened: OpenedNotice) -> HttpResponse:
    return _json(exchange.cloudflare_report(opened), f"{opened.number}-cloudflare.json")


def _ours(_request: Request, opened: OpenedNotice) -> HttpResponse:
    return _json(exchange.as_json(opened), f"{opened.number}.json")


def _json(value: object, name: str) -> HttpResponse:
    content = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    return _file(content, name, "application/json")


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type, status=HTTPStatus.OK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


_DRAWN: dict[DocumentKind, Callable[[Request, OpenedNotice], HttpResponse]] = {
    DocumentKind.LETTER: _letter,
    DocumentKind.SHEET: _sheet,
    DocumentKind.XARF: _xarf,
    DocumentKind.CLOUDFLARE: _cloudflare,
    DocumentKind.JSON: _ours,
}

"""What waits for the people of awareness, and the pages in their languages."""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from balise.awareness.publications import access
from balise.awareness.publications.actions import translating
from balise.awareness.publications.queries import address, editorial
from balise.awareness.publications.rules.standing import Lack
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff

LABELS: Final[Mapping[Lack, str | Promise]] = {
    Lack.REVIEW: gettext_lazy("Review due"),
    Lack.TRANSLATION: gettext_lazy("Translation out of date"),
    Lack.PICTURE: gettext_lazy("Picture without description"),
    Lack.CAPTIONS: gettext_lazy("Video without captions"),
}


class LinkForm(forms.Form):
    """Which page another one translates."""

    page = forms.IntegerField(min_value=1)


@staff
@require_GET
def due(request: Request) -> HttpResponse:
    """Show what waits for a review, a translation or a description."""
    found = editorial.due(seen_by=request.actor)
    rows = [(each, LABELS[each.fault.lack], address(each.page)) for each in found.lacking]
    return render(request, "publications/staff/due.html", {"asked": found.asked, "rows": rows})


@staff
@require_GET
def languages(request: Request) -> HttpResponse:
    """Show each page in its languages, and what may become its translation."""
    lines = editorial.languages(seen_by=request.actor)
    alone = [line.first for line in lines if len(line.by_language) == 1]
    rows = [
        (
            line,
            [
                (
                    code,
                    line.by_language.get(code),
                    [
                        each
                        for each in alone
                        if each.language == code
                        and each.type == line.first.type
                        and len(line.by_language) == 1
                    ],
                )
                for code, _name in settings.LANGUAGES
            ],
        )
        for line in lines
    ]
    shown = {"rows": rows, "languages": settings.LANGUAGES}
    return render(request, "publications/staff/languages.html", shown)


@staff
@require_POST
def translate(request: Request, page: int, language: str) -> HttpResponse:
    """Copy a page into a language, and lead to the copy."""
    with attempt(request, said=_("The draft is a copy of the page: translate it.")):
        begun = translating.begin_translation(by=request.actor, page=page, language=language)
        return redirect("wagtailadmin_pages:edit", begun)
    return redirect("staff:publications:languages")


@staff
@require_POST
def link(request: Request, page: int) -> HttpResponse:
    """Link a page of another language as the translation of this one."""
    access.require(request.actor, access.WRITE)
    form = LinkForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("Linked.")):
            translating.link_translation(
                by=request.actor, page=form.cleaned_data["page"], original=page
            )
    return redirect("staff:publications:languages")


@staff
@require_POST
def confirm(request: Request, page: int) -> HttpResponse:
    """Note that a translation is up to date."""
    with attempt(request, said=_("Noted: the translation is up to date.")):
        translating.confirm_translation(by=request.actor, page=page)
    return redirect("staff:publications:languages")

"""Editions for staff: opened, made ready, frozen, drawn, published."""

from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.web.attempts import Way, attempt, posted, several, status_of
from balise.foundation.web.doors import Request, open_to, staff
from balise.steering.committee import queries as committee
from balise.steering.editions import access
from balise.steering.editions.actions import freezing, preparing
from balise.steering.editions.documents import drawn_as, page as page_form
from balise.steering.editions.queries import showing
from balise.steering.editions.queries.drawing import staff_addresses
from balise.steering.editions.rules.deck import Deck
from balise.steering.editions.rules.kinds import COMMITTEE
from balise.steering.editions.rules.life import EditionState
from balise.steering.editions.rules.preparing import EditionFrozen, file_name
from balise.steering.editions.tasks import draw_files
from balise.steering.editions.web.life import PublishForm
from balise.steering.editions.web.public import (
    AnswerForm,
    DaysForm,
    FreezeForm,
    LinkForm,
    OpenForm,
    QuestionForm,
    WordsForm,
)

# The files of an edition as answers.


TYPES: Final = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


def handed(
    template: str, mark: str, form: str, language: str, octets: bytes, *, is_public: bool
) -> HttpResponse:
    """Return a file of an edition to be saved, under a name that says a demonstration is one."""
    answer = HttpResponse(octets, content_type=TYPES[form])
    name = file_name(template, mark, form=form, language=language, is_public=is_public)
    if settings.DEMONSTRATION:
        name = f"demonstration-{name}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


_SAVED = _("Saved.")
_EDITION = "staff:editions:edition"


@staff.form
def editions(request: Request) -> HttpResponse:
    """List the editions; open one."""
    found = showing.editions(seen_by=request.actor)
    form = OpenForm(posted(request), initial=_of_today())
    if form.is_valid():
        with attempt(request, form, conflict=True):
            opened = preparing.open_edition(by=request.actor, **form.cleaned_data)
            return redirect(_EDITION, opened)
    shown = {"editions": found, "form": form, "may_write": request.actor.may(access.WRITE)}
    return render(request, "steering/editions/editions.html", shown, status=status_of(form))


@staff.form
def edition(request: Request, edition_id: UUID) -> HttpResponse:
    """Show an edition: its pages, what stops it, questions, links, files; change its days."""
    found = showing.edition(edition_id, seen_by=request.actor)
    one = found.edition
    initial = {name: getattr(one, name) for name in ("first", "last", "known_by", "compared")}
    ways = {
        "days": Way(partial(DaysForm, initial=initial), preparing.change_days, _SAVED),
        "question": Way(QuestionForm, partial(preparing.ask, code=""), _("Asked.")),
    }
    forms = several(request, ways, edition_id=edition_id)
    if forms is None:
        return redirect(_EDITION, edition_id)
    shown = {
        "read": found,
        "edition": one,
        "is_draft": one.frozen_at is None,
        "sections": [(each, each.title.get(get_language() or "", "")) for each in found.sections],
        "made_at": one.made_at,
        "forms": forms,
        "link_form": LinkForm(),
        "seats": committee.members(seen_by=request.actor)
        if request.actor.may(access.WRITE)
        else (),
        "files": [
            (
                each,
                _file_at(one.id, each.form, each.language, is_public=each.is_public),
                dict(settings.LANGUAGES).get(each.language, each.language),
            )
            for each in found.files
        ],
        "gone": [(one.number, one.name.get(get_language() or "", "")) for one in found.gone],
        "absent": [words.get(get_language() or "", "") for words in found.absent],
        "may_write": request.actor.may(access.WRITE),
        "may_freeze": request.actor.may(access.FREEZE),
        "may_publish": one.kind.is_public
        and one.state is EditionState.FROZEN
        and request.actor.may(access.PUBLISH),
        "publish_form": PublishForm(),
    }
    return render(
        request, "steering/editions/edition.html", shown, status=status_of(*forms.values())
    )


@staff.form
def page(request: Request, edition_id: UUID, code: str) -> HttpResponse:
    """Show a page of a draft; write its title and notes, ask about it."""
    found = showing.edition(edition_id, seen_by=request.actor)
    section = showing.section_in(found, code)
    words = {
        f"{kind}_{language}": text
        for kind in ("titles", "notes")
        for language, text in getattr(section.section, kind).items()
    }
    ways = {
        "words": Way(partial(WordsForm, initial=words), preparing.write_section, _SAVED),
        "question": Way(QuestionForm, preparing.ask, _("Asked.")),
    }
    forms = several(request, ways, edition_id=edition_id, code=code)
    if forms is None:
        return redirect("staff:editions:page", edition_id, code)
    shown = {
        "edition": found.edition,
        "section": section,
        "is_draft": found.edition.frozen_at is None,
        "computed": [
            (name, section.title.get(language, "")) for language, name in settings.LANGUAGES
        ],
        "tables": showing.tables_of(found, section, get_language() or ""),
        "comments": [each for each in found.comments if each.section_id == section.section.id],
        "forms": forms,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "steering/editions/page.html", shown, status=status_of(*forms.values()))


@staff.post
def place(request: Request, edition_id: UUID, code: str) -> HttpResponse:
    """Take a page in or out, or move it by one place."""
    move = {"up": -1, "down": 1}.get(request.POST.get("do", ""), 0)
    is_in = request.POST.get("do") != "out"
    with attempt(request):
        preparing.place_section(
            edition_id=edition_id, code=code, is_in=is_in, move=move, by=request.actor
        )
    return redirect(f"{reverse(_EDITION, args=[edition_id])}#sections")


@staff.post
def make_again(request: Request, edition_id: UUID) -> HttpResponse:
    """Count again."""
    with attempt(request, said=str(_("Counted again."))):
        preparing.make_again(edition_id=edition_id, by=request.actor)
    return redirect(_EDITION, edition_id)


@staff.form
def freeze(request: Request, edition_id: UUID) -> HttpResponse:
    """Say what freezing means, and freeze; of two at once the second reads who was first."""
    access.require(request.actor, access.FREEZE)
    found = showing.edition(edition_id, seen_by=request.actor)
    form = FreezeForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=str(_("The edition is frozen.")), conflict=EditionFrozen):
            freezing.freeze(edition_id=edition_id, by=request.actor, **form.cleaned_data)
            return redirect(_EDITION, edition_id)
    shown = {"edition": found.edition, "stops": found.stops, "form": form}
    return render(request, "steering/editions/freeze.html", shown, status=status_of(form))


@staff.post
def publish(request: Request, edition_id: UUID) -> HttpResponse:
    """Let everyone read a frozen edition, now or from a moment."""
    access.require(request.actor, access.PUBLISH)
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A day with an hour is needed."))
        return redirect(_EDITION, edition_id)
    publish_at = form.cleaned_data["publish_at"]
    said = _("It is under embargo.") if publish_at else _("Everyone can read this edition.")
    with attempt(request, said=str(said)):
        freezing.publish(edition_id=edition_id, publish_at=publish_at, by=request.actor)
    return redirect(_EDITION, edition_id)


@staff.post
def draw(request: Request, edition_id: UUID) -> HttpResponse:
    """Have the files of a frozen edition that are missing drawn, once more."""
    access.require(request.actor, access.FREEZE)
    draw_files.later(edition_id=str(edition_id))
    messages.success(request, _("The files are being drawn."))
    return redirect(_EDITION, edition_id)


@staff.post
def link(request: Request, edition_id: UUID) -> HttpResponse:
    """Make a link for a member, and show it once."""
    access.require(request.actor, access.WRITE)
    form = LinkForm(request.POST)
    shown: dict[str, object] = {"edition_id": edition_id, "form": form}
    if form.is_valid():
        with attempt(request, form):
            number, token = preparing.give_link(
                edition_id=edition_id, by=request.actor, **form.cleaned_data
            )
            path = reverse("editions:draft", args=[token])
            shown |= {"number": number, "address": request.build_absolute_uri(path)}
    return render(request, "steering/editions/link.html", shown, status=status_of(form))


@staff.form
def answer(request: Request, comment_id: UUID) -> HttpResponse:
    """Answer a question of a draft."""
    found = showing.comment(comment_id, seen_by=request.actor)
    form = AnswerForm(posted(request), initial={"words": found.answer})
    if form.is_valid():
        with attempt(request, form, said=str(_SAVED)):
            preparing.answer(comment_id=comment_id, by=request.actor, **form.cleaned_data)
            return redirect(f"{reverse(_EDITION, args=[found.edition_id])}#comments")
    shown = {"comment": found, "form": form}
    return render(request, "steering/editions/answer.html", shown, status=status_of(form))


@staff.get
def preview(request: Request, edition_id: UUID) -> HttpResponse:
    """Show the whole deck as a page, as it was last made."""
    found = showing.edition(edition_id, seen_by=request.actor)
    language = get_language() or settings.LANGUAGE_CODE
    return showing_page(found.deck, language)


@staff.get
def file(
    request: Request, edition_id: UUID, form: str, language: str, *, is_public: bool = False
) -> HttpResponse:
    """Hand over a file of a frozen edition, or of a published one as everyone gets it."""
    found, kept = showing.file(
        edition_id, form, language, is_public=is_public, seen_by=request.actor
    )
    octets = bytes(kept.octets)
    return handed(found.template, found.mark, kept.form, kept.language, octets, is_public=is_public)


def showing_page(deck: Deck, language: str) -> HttpResponse:
    """Return a deck as a page that brings its own style and letters."""
    answer = HttpResponse(drawn_as("html", deck, language, staff_addresses(deck)))
    return open_to(answer, {"style-src": [page_form.style_source()], "font-src": ["data:"]}, {})


def _file_at(edition_id: UUID, form: str, language: str, *, is_public: bool) -> str:
    name = "staff:editions:public-file" if is_public else "staff:editions:file"
    return reverse(name, args=[edition_id, form, language])


def _of_today() -> dict[str, date | str]:
    """Return what an edition is opened with, unless it is changed; its days are its template's."""
    return {"template": COMMITTEE.code, "day": today(), "known_by": today(), "compared": "year"}

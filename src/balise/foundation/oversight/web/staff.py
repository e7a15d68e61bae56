"""The pages of those who watch over the house."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext

from balise.foundation.oversight import access, actions, queries
from balise.foundation.oversight.queries import Narrowing, Page
from balise.foundation.oversight.web.forms import NarrowingForm
from balise.foundation.oversight.web.words import chain_name, lane_name, mailbox_name, reason_words
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff


@staff.get
def journal(request: Request) -> HttpResponse:
    """Read the journal; the reading is itself written down."""
    form = NarrowingForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        access.require(request.actor, access.READ_JOURNAL)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "oversight/journal.html", {"form": form}, status=status)
    page = actions.read_journal(
        narrowing=form.narrowing() if form.is_bound else Narrowing(),
        before=_number(request, "before"),
        after=_number(request, "after"),
        by=request.actor,
    )
    names = queries.names(page.entries)
    shown = [
        (entry, chain_name(entry.line), names.get(entry.actor_key, "")) for entry in page.entries
    ]
    context = {"form": form, "is_read": True, "entries": shown, **_ways(request, page)}
    return render(request, "oversight/journal.html", context)


@staff.get
def retention(request: Request) -> HttpResponse:
    """Show what is forgotten, when, and how the last nights went."""
    standings = queries.rules(seen_by=request.actor)
    return render(
        request,
        "oversight/retention.html",
        {
            "rules": [(standing, chain_name(standing.rule.line)) for standing in standings],
            "runs": queries.runs(seen_by=request.actor),
            "refused": queries.refused_run(seen_by=request.actor),
        },
    )


@staff.get
def tasks(request: Request) -> HttpResponse:
    """Show how the work stands, and which tasks were given up."""
    work = queries.work(seen_by=request.actor)
    return render(
        request,
        "oversight/tasks.html",
        {
            "letters": queries.dead_letters(seen_by=request.actor),
            "mails": [
                (mail, mailbox_name(mail.mailbox), reason_words(mail.reason))
                for mail in queries.mails_set_aside(seen_by=request.actor)
            ],
            "work": work,
            "lanes": [(lane_name(each.lane), each) for each in work.lanes],
        },
    )


@staff.post
def retry(request: Request) -> HttpResponse:
    """Give one task that was given up its attempts again, or all of them."""
    try:
        chosen = [UUID(text) for text in request.POST.getlist("letter")]
    except ValueError:
        raise Http404 from None
    with attempt(request):
        count = actions.retry_tasks(letters_ids=chosen, by=request.actor)
        said = ngettext(
            "%(count)d task will be tried again.", "%(count)d tasks will be tried again.", count
        )
        messages.success(request, said % {"count": count})
    return redirect("staff:oversight:tasks")


def _number(request: Request, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - what a bigint holds
        raise Http404(_("This page does not exist."))
    return int(text)


def _ways(request: Request, page: Page) -> dict[str, str]:
    asked = {
        name: text
        for name, text in request.GET.items()
        if text and name in {"line", "event", "subject", "actor"}
    }
    return {
        "older": f"?{urlencode({**asked, 'before': page.older})}" if page.older else "",
        "newer": f"?{urlencode({**asked, 'after': page.newer})}" if page.newer else "",
    }

"""The pages of those who watch over the house."""

from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext as _, gettext_lazy, ngettext, pgettext

from balise.foundation.oversight import access, actions, queries
from balise.foundation.oversight.queries import Narrowing, Page
from balise.foundation.tasks.rules import Lane
from balise.foundation.web.attempts import attempt
from balise.foundation.web.components.page import line_name
from balise.foundation.web.doors import Request, staff

# What the chains of the journal, the mailboxes and the lanes are called on pages.


def chain_name(line: str) -> str:
    """Return the name of a line, or of the part of the house that has a chain of its own."""
    own = {
        "accounts": _("Accounts"),
        "mail": _("E-mail"),
        "oversight": _("Oversight"),
        "retention": _("Deletion"),
        "tasks": _("Tasks"),
    }
    return own.get(line) or line_name(line)


def mailbox_name(mailbox: str) -> str:
    """Return the name of a mailbox by its code."""
    return {"helpline": _("Helpline mailbox"), "notices": _("Mailbox for hosts’ answers")}.get(
        mailbox, mailbox
    )


def reason_words(reason: str) -> str:
    """Return why a mail could not be read."""
    known = {
        "header-too-long": _("A header is longer than 8 KB."),
        "head-too-long": _("Its headers are longer than 64 KB."),
        "processor": _("Reading it took too much processor time."),
        "memory": _("Reading it took too much memory."),
        "time": _("Reading it took too long."),
        "answer": _("It contains too much text."),
    }
    return known.get(reason) or _("It is damaged.")


def lane_name(lane: Lane) -> str:
    """Return what the jobs of a lane do."""
    names = {
        Lane.URGENT: _("Alerts to supervisors, call-backs"),
        Lane.HOUSE: pgettext("tasks", "Database"),
        Lane.MAIL: _("E-mails to staff, answers of the helpline"),
        Lane.INBOX: _("Reading mailboxes"),
        Lane.HOSTS: _("Notices and requests to hosts and platforms"),
        Lane.PARTNERS: _("Partners, hotlines abroad, police dossiers"),
        Lane.WATCH: _("Monitoring and traces"),
        Lane.UPKEEP: _("Retention and figures"),
    }
    return names[lane]


# What a reader of the journal may ask for.


class NarrowingForm(forms.Form):
    """Line, event, record and actor; each may stay empty."""

    line = forms.ChoiceField(label=gettext_lazy("Line"), required=False)
    event = forms.ChoiceField(label=gettext_lazy("Event"), required=False)
    subject = forms.UUIDField(label=gettext_lazy("Object (its id)"), required=False)
    actor = forms.CharField(
        label=gettext_lazy("Person (e-mail address or id)"), required=False, max_length=254
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = queries.event_names()
        lines = sorted({name.partition(".")[0] for name in names})
        everything = [("", gettext_lazy("All"))]
        _choices(self, "line", everything + [(line, chain_name(line)) for line in lines])
        _choices(self, "event", everything + [(name, name) for name in names])

    def clean_actor(self) -> str:
        """Return the actor's key that the words name; refuse a person nobody knows."""
        words: str = self.cleaned_data["actor"].strip()
        if not words:
            return ""
        if "@" in words:
            key = queries.account_key(words)
            if key is None:
                raise forms.ValidationError(gettext_lazy("Nobody here has this address."))
            return key
        try:
            return str(UUID(words))
        except ValueError:
            raise forms.ValidationError(
                gettext_lazy("Enter an e-mail address, or an id from the audit log.")
            ) from None

    def narrowing(self) -> Narrowing:
        """Return what is asked for."""
        return Narrowing(**self.cleaned_data)


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


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
        raise Http404(gettext("This page does not exist."))
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

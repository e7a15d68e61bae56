"""What a listener fills in at the removal desk, and the one field of the young person's page."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.clock import today
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.helpline.removals import access, queries
from balise.helpline.removals.queries import ItemShown, Pile, Platform, Way
from balise.helpline.removals.rules.api import Telling, Tells
from balise.helpline.removals.rules.figures import PERCENTILES, year_before
from balise.helpline.removals.rules.next_steps import PROMISES
from balise.helpline.removals.rules.requests import (
    LONGEST_HANDLE,
    LONGEST_WORDS,
    WORDS,
    ConsentBy,
    ContentType,
    Given,
    ItemKind,
    is_hotlines_own,
)
from balise.takedown.law.web.forms import DAYS, OffenceForm
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung, Step
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

_WORDS = {"autocomplete": "off"}
_QUARTER = timedelta(days=91)


class ItemForm(OffenceForm):
    """One content or account. Whether it may be abuse is asked first, and has no easy answer."""

    shows_abuse = forms.TypedChoiceField(
        label=_("Could it show a minor naked, or in a sexual situation?"),
        help_text=_(
            "Do not open it to check: ask. If they are not sure, answer yes. Only the address "
            "goes to the hotline, whose analysts are trained for this."
        ),
        choices=(("no", _("No")), ("yes", _("Yes, or maybe"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    kind = CodeField(ItemKind, label=_("To be removed"))
    content_type = CodeField(ContentType, label=_("Composition"))
    url = forms.CharField(
        label=_("Exact address"),
        help_text=_("Address of the post, comment or profile, not of the feed."),
        required=False,
        max_length=4_000,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", **_WORDS}),
    )
    handle = forms.CharField(
        label=_("The account’s name"),
        help_text=_("Required for an account; helps to find anything else."),
        required=False,
        max_length=LONGEST_HANDLE,
        widget=forms.TextInput(attrs={"spellcheck": "false", **_WORDS}),
    )
    offence = forms.ChoiceField(label=_("Legal category"), required=False)
    words = LongTextField(
        label=_("Content and harm"),
        help_text=_(
            "The platform reads this. Never the young person’s name, school or words that only "
            "they could have said."
        ),
        required=False,
        max_length=LONGEST_WORDS,
        rows=4,
        attrs=_WORDS,
    )
    is_sensitive = forms.BooleanField(
        label=_("These words may be lawful: someone else must also review"), required=False
    )

    field_order: tuple[str, ...] = (
        *("shows_abuse", "kind", "content_type", "url", "handle", *DAYS, "offence", "words"),
        "is_sensitive",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("—", only=lambda one: not is_hotlines_own(one))

    def clean_url(self) -> str:
        """Return the address; one with spaces is shown as it was read, and asked about once."""
        url = str(self.cleaned_data["url"])
        with suppress(AddressRefused):
            read = read_address(url)
            if "spaces-encoded" in read.changed:
                shown = QueryDict(mutable=True)
                shown.update(self.data)
                shown[self.add_prefix("url")] = read.canonical
                self.data = shown
                raise ValidationError(
                    _("Spaces were read as part of the address. Correct it, or save it as it is.")
                )
        return url

    def clean(self) -> dict[str, Any]:
        """Ask for an offence, unless the hotline finds out itself; for an address, if it does."""
        given = super().clean()
        if given.get("shows_abuse") is False and not given.get("offence"):
            self.add_error("offence", _("Choose the legal category."))
        if given.get("shows_abuse") and not given.get("url"):
            self.add_error("url", _("The hotline needs an address."))
        return given

    def given(self) -> Given:
        """Return what was written."""
        asked = {name: self.cleaned_data[name] for name in _ITEM_FIELDS if name not in DAYS}
        return Given(**asked, facts=self.facts)

    @classmethod
    def of(cls, item: ItemShown) -> "ItemForm":
        """Return the form with what an item says."""
        return cls(
            initial={
                "shows_abuse": "no",
                "kind": item.kind,
                "content_type": item.content_type,
                "offence": item.offence,
                "facts_on": item.days.last,
                "facts_from": item.days.first,
                "certainty": item.days.certainty,
                "url": item.told.url,
                "handle": item.told.handle,
                "words": item.told.words,
                "is_sensitive": item.is_sensitive,
            }
        )


_ITEM_FIELDS = tuple(ItemForm.base_fields)


class RequestForm(ItemForm):
    """A request with its first item: of whom, who agreed, how soon."""

    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    platform = forms.TypedChoiceField(label=_("Platform"), coerce=UUID)
    consent = CodeField(ConsentBy, label=_("Agreement given by"), widget=forms.RadioSelect)
    agreed = forms.BooleanField(
        label=_("I have asked, and they said yes"),
        help_text=_(
            "Tell them first: we do not say who they are, the platform decides, and it may come "
            "back."
        ),
        required=False,
    )
    urgency = CodeField(
        Urgency, label=_("Removal deadline"), choices=list(PROMISES.items()), initial=Urgency.URGENT
    )
    about = LongTextField(
        label=_("Only for us"),
        help_text=_("Encrypted. No platform can read it."),
        required=False,
        max_length=LONGEST_WORDS,
        rows=2,
        attrs=_WORDS,
    )
    field_order = (
        *("key", "consent", "agreed", "platform", "urgency"),
        *(*ItemForm.field_order, "about"),
    )

    def __init__(self, *args: Any, platforms: tuple[Platform, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = [(str(one.id), _named(one)) for one in platforms if one.is_ours]
        others = [(str(one.id), _named(one)) for one in platforms if not one.is_ours]
        self.fields["platform"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            (_("Platforms we work with"), ours),
            (_("Others"), others),
        ]


class WayForm(forms.Form):
    """By which way it leaves; the first one, unless another is chosen."""

    way = forms.TypedChoiceField(label=_("Channel"), coerce=UUID, empty_value=None, required=False)

    def __init__(self, *args: Any, ways: tuple[Way, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = _ways(ways)  # type: ignore[attr-defined]


class HeardForm(forms.Form):
    """What a platform told us."""

    tells = CodeField(
        Tells, label=pgettext_lazy("removal", "Their message"), widget=forms.RadioSelect
    )
    decision = forms.TypedChoiceField(
        label=_("Their decision"),
        choices=[("", "—"), *((one.value, one.label) for one in WORDS.values())],
        coerce=Outcome,
        empty_value=None,
        required=False,
    )
    words = LongTextField(
        label=_("Their words"), required=False, max_length=LONGEST_WORDS, rows=3, attrs=_WORDS
    )

    def telling(self) -> Telling:
        """Return what was told."""
        return Telling(**self.cleaned_data)


class AnswerForm(forms.Form):
    """Our answer to what a platform asks."""

    text = LongTextField(
        label=_("Our answer"),
        help_text=_("It goes to the platform. Do not say who the young person is."),
        max_length=LONGEST_WORDS,
        rows=4,
        attrs=_WORDS,
    )


class ClimbForm(forms.Form):
    """The rung that one takes; a second way needs to be named."""

    rung = forms.TypedChoiceField(label=_("Your action"), coerce=Rung, widget=forms.RadioSelect)
    way = forms.TypedChoiceField(
        label=_("Second channel"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, steps: Sequence[Step], ways: tuple[Way, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = [(one.rung.value, one.label) for one in steps]  # type: ignore[attr-defined]
        if ways:
            self.fields["way"].choices = _ways(ways)  # type: ignore[attr-defined]
        else:
            del self.fields["way"]

    @property
    def has_rungs(self) -> bool:
        """Whether this person has anything to choose from."""
        return bool(self.fields["rung"].choices)  # type: ignore[attr-defined]


class FiguresForm(forms.Form):
    """A period; without a word, the last three months."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day; turned round if they were."""
        given = self.cleaned_data if self.is_valid() else {}
        until = given.get("until") or today()
        since = given.get("since") or until - _QUARTER
        return min(since, until), max(since, until)


def _ways(ways: tuple[Way, ...]) -> list[tuple[str, str]]:
    return [
        (str(way.id), " – ".join((str(way.kind.label), way.address, *_doubts(way))))
        for way in ways
        if way.is_usable
    ]


def _doubts(way: Way) -> tuple[str, ...]:
    return () if way.is_verified else (str(_("no source, to be confirmed with the centre")),)


def _named(one: Platform) -> str:
    if one.is_open:
        return one.name
    return str(_("%(name)s (no contact point yet)") % {"name": one.name})


# The desk: what waits for whom; and how long platforms take.


@staff.get
def desk(request: Request) -> HttpResponse:
    """Show one part of the desk."""
    asked = request.GET.get("pile", "")
    which = Pile(asked) if asked in set(Pile) else Pile.TO_DO
    rows, counts = queries.pile(which, seen_by=request.actor)
    here = reverse("staff:removals:desk")
    context = {
        "which": which,
        "rows": rows,
        "tabs": [
            (f"{each.label} ({counts.get(each, 0)})", f"{here}?pile={each.value}", each is which)
            for each in Pile
        ],
        "answers": queries.answers_to_read(seen_by=request.actor),
        "may_work": request.actor.may(access.WORK),
    }
    return render(request, "helpline/removals/desk.html", context)


@staff.get
def figures(request: Request) -> HttpResponse:
    """Show what came of removals by platform, with the same days of the year before."""
    form = FiguresForm(request.GET)
    since, until = form.period
    whole, rows = queries.figures(since=since, until=until, seen_by=request.actor)
    context = {
        "form": form,
        "since": since,
        "until": until,
        "since_before": year_before(since),
        "until_before": year_before(until),
        "rows": (*rows, whole) if rows else (),
        "percentiles": PERCENTILES,
    }
    return render(request, "helpline/removals/figures.html", context)

"""What staff write of structures."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.awareness.places.structures import access
from balise.awareness.places.structures.actions import registering
from balise.awareness.places.structures.queries.register import home, outside, verdict
from balise.awareness.places.structures.rules.facts import (
    FACETS,
    LONGEST_MAIL,
    LONGEST_NAME,
    LONGEST_SUMMARY,
    LONGEST_TELEPHONE,
    LONGEST_WEB,
    WIDEST,
    Facts,
    StructureKind,
    Tongue,
)
from balise.awareness.places.structures.rules.mediation.checks import lines_of
from balise.awareness.places.structures.rules.mediation.reading import text_of
from balise.awareness.places.structures.rules.places import ABROAD
from balise.awareness.publications.rules.catalogue import plain
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation.clock import today
from balise.foundation.countries import country_codes, country_name
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.limited.lanes import EXPORTS
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField

_YEAR = timedelta(days=365)


def _countries() -> Iterable[tuple[str, str]]:
    """Return the countries of a list, the centre's own first; its territories are areas of it."""
    own = home()
    others = set(country_codes()) - {own.country, *own.territories}
    yield own.country, country_name(own.country)
    named = ((code, country_name(code)) for code in others)
    yield from sorted(named, key=lambda row: plain(row[1]))


def _areas() -> Iterable[tuple[str, str]]:
    yield "", str(_("Everywhere"))
    for area in home().areas.values():
        yield area.code, f"{area.name} ({area.code})"
    yield ABROAD, str(pgettext_lazy("territory", "Abroad"))


class Chosen(forms.MultipleChoiceField):
    """Several words of a list."""

    widget = forms.CheckboxSelectMultiple


def _terms(name: str) -> Iterable[tuple[str, object]]:
    facet = taxonomy(settings.CENTRE.country)[FACETS[name]]
    return ((code, term.label) for code, term in facet.terms.items())


class StructureForm(forms.Form):
    """What is said of a structure."""

    name = forms.CharField(
        label=pgettext_lazy("structure", "Name of the organisation"), max_length=LONGEST_NAME
    )
    kind = CodeField(StructureKind, label=_("Kind of organisation"))
    country = forms.ChoiceField(label=_("Country of the organisation"), choices=_countries)
    commune = forms.CharField(label=_("Commune or town"), max_length=80)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    address = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    number = forms.CharField(
        label=_("SIRET, RNA or RIDET"),
        max_length=30,
        required=False,
        help_text=_("It is not shown. It finds duplicates."),
    )
    telephone = forms.CharField(
        label=_("Telephone of the organisation"), max_length=LONGEST_TELEPHONE, required=False
    )
    mail = forms.EmailField(
        label=_("E-mail of the organisation"), max_length=LONGEST_MAIL, required=False
    )
    web = forms.URLField(label=_("Its website"), max_length=LONGEST_WEB, required=False)
    summary = forms.CharField(
        label=_("In a few words"),
        max_length=LONGEST_SUMMARY,
        required=False,
        help_text=_("Everyone reads this. 280 characters at most."),
    )
    audiences = Chosen(
        label=pgettext_lazy("structure", "For whom"),
        choices=lambda: _terms("audiences"),
        required=False,
    )
    ages = Chosen(
        label=pgettext_lazy("structure", "Ages"), choices=lambda: _terms("ages"), required=False
    )
    topics = Chosen(
        label=pgettext_lazy("structure", "Topics"), choices=lambda: _terms("topics"), required=False
    )
    languages = Chosen(
        label=pgettext_lazy("structure", "Languages"), choices=Tongue.choices, required=False
    )
    radius = forms.IntegerField(
        label=_("Goes out up to (km)"), min_value=1, max_value=WIDEST, required=False
    )
    is_online = forms.BooleanField(label=_("Holds workshops online"), required=False)
    may_publish = forms.BooleanField(
        label=_("It agreed to be shown to everyone and exported"), required=False
    )

    @classmethod
    def of(cls, facts: Facts) -> Self:
        """Return the form with what is said now."""
        return cls(initial={name: getattr(facts, name) for name in cls.base_fields})

    @property
    def facts(self) -> Facts:
        return Facts(**self.cleaned_data)


class FilterForm(forms.Form):
    """Which structures of the register."""

    q = forms.CharField(label=_("Name, commune or number"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=lambda: [("", _("Every kind")), *StructureKind.choices],
        required=False,
    )
    area = forms.ChoiceField(label=_("Territory"), choices=_areas, required=False)
    closed = forms.BooleanField(label=_("Show organisations that left"), required=False)
    page = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)


class ConventionForm(forms.Form):
    """A convention that was signed."""

    prefix = "convention"
    signed_on = DayField(label=_("Signed on"))
    until = DayField(label=_("Ends on"))

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"signed_on": today(), "until": today() + _YEAR})
        super().__init__(*args, **options)


class AttestationForm(forms.Form):
    """The date of an attestation that was seen."""

    prefix = "attestation"
    attested_on = DayField(
        label=_("Date of the attestation seen"),
        required=False,
        help_text=_("It is shown to nobody: the register says yes or no. Empty takes it away."),
    )


class ContactForm(forms.Form):
    """Someone who answers for a structure."""

    prefix = "contact"
    name = forms.CharField(label=_("Name of the person"), max_length=120)
    role = forms.CharField(label=_("Role there"), max_length=120, required=False)
    address = forms.EmailField(label=_("E-mail of the person"), max_length=120)
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)


class FileForm(forms.Form):
    """A file of médiation numérique."""

    file = forms.FileField(
        label=_("File (CSV)"),
        help_text=_("Schema of médiation numérique 1.0.2. 1 MB and 1,000 lines at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class TextForm(forms.Form):
    """The text of a file, which a page carries on: nothing is kept before it is confirmed."""

    text = forms.CharField(max_length=1_000_000, strip=False, widget=forms.HiddenInput)


# Files of médiation numérique: looked at line by line, brought in once confirmed, written out.


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
            form.add_error("file", ValidationError(gettext("The file is too large. Split it.")))
        else:
            with attempt(request, form, at="file"):
                found = verdict(text, seen_by=request.actor)
                counts = (
                    (gettext("Lines to register"), str(found.new)),
                    (gettext("Lines known already"), str(len(found.known))),
                    (gettext("Lines to correct"), str(len(found.refused))),
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
        done = registering.bring_in(text=text, by=request.actor)
        return render(request, "structures/staff/brought.html", {"done": done})
    return redirect("staff:structures:bring_in")


@staff.post
@EXPORTS.turn()
def write_out(request: Request) -> HttpResponse:
    """Give the register as a file of the schema."""
    with attempt(request):
        done = registering.write_out(by=request.actor)
        return _file(done.text, "structures-mediation-numerique.csv")
    return redirect("staff:structures:bring_in")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff" + text, content_type=_CSV)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""The forms of the field: a workshop, a visit asked for, a plan, people met."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from balise.awareness.partnership.campaigns.queries import require_known
from balise.awareness.places.fieldwork.actions.asking import Asked
from balise.awareness.places.fieldwork.queries import of_structures
from balise.awareness.places.fieldwork.queries.of_structures import Opened
from balise.awareness.places.fieldwork.rules.schools import LONGEST_CODE, schools
from balise.awareness.places.fieldwork.rules.visits import (
    MOST_EXPECTED,
    Audience,
    Comes,
    HalfDay,
    Line,
)
from balise.awareness.places.fieldwork.rules.workshops import (
    MOST_HEADS,
    Band,
    Method,
    Needs,
    Setting,
    Why,
    WorkshopState,
    WorkshopTold,
)
from balise.awareness.publications.queries import kits
from balise.foundation import clock
from balise.foundation.finding import NotHere
from balise.foundation.web.fields import CodeField, DayField, LongTextField

HEADS: Final = "heads_"
# Where a refusal is shown that names no field of its own.
AT: Final = {"heads-wrong": f"{HEADS}{Band.FROM_11}"}
_MOST_LETTERS: Final = 120
_MOST_VERSIONS: Final = 32_767


class HeadsField(forms.IntegerField):
    """A number of people; empty is none."""

    def __init__(self, *, label: Any, most: int = MOST_HEADS) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        super().__init__(label=label, min_value=0, max_value=most, required=False, widget=widget)


class WorkshopFacts(forms.Form):
    """A workshop as it is told, by a structure or by who corrects it."""

    kit = forms.CharField(
        label=pgettext_lazy("fieldwork", "Kit"), required=False, widget=forms.Select
    )
    day = DayField(label=_("Day"))
    setting = CodeField(
        Setting,
        label=pgettext_lazy("fieldwork", "Place"),
        widget=forms.RadioSelect,
        initial=Setting.SCHOOL,
    )
    postcode = forms.CharField(
        label=_("Postcode of the place"),
        max_length=12,
        required=False,
        help_text=_("If it is not near your structure."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    method = CodeField(
        Method, label=_("How were they counted?"), widget=forms.RadioSelect, initial=Method.COUNTED
    )
    needs = CodeField(
        Needs,
        label=_("Of them, people with specific needs"),
        help_text=_("For example a disability. A range, never who."),
        initial=Needs.UNKNOWN,
    )
    talked = forms.BooleanField(
        label=_("A pupil asked to talk"),
        help_text=_("It helps to forecast how many will call. Nothing about the pupil."),
        required=False,
    )
    campaign = forms.CharField(
        label=pgettext_lazy("fieldwork", "Campaign code"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for band in Band:
            self.fields[f"{HEADS}{band}"] = HeadsField(label=band.label)
        offered = kits.current(language=get_language() or settings.LANGUAGE_CODE)
        choices = [("", gettext("No kit"))]
        choices += [(f"{each.kit}.{each.number}", _titled(each)) for each in offered]
        chosen = str(
            (data or {}).get("kit", "")
            or self.get_initial_for_field(self.fields["kit"], "kit")
            or ""
        )
        if chosen and chosen not in dict(choices):
            choices.append((chosen, _kit_named(chosen)))
        self.fields["kit"].widget.choices = choices

    @property
    def heads(self) -> Sequence[Any]:
        """Return the fields of heads, in the order of the bands."""
        return [self[f"{HEADS}{band}"] for band in Band]

    def clean_kit(self) -> tuple[UUID | None, int]:
        """Return the kit and its version; None and 0 without one."""
        return read_kit(self.cleaned_data["kit"])

    def clean_postcode(self) -> tuple[str, str]:
        """Return the codes of the area and of the commune, "" without a postcode."""
        typed = str(self.cleaned_data["postcode"])
        found = of_structures.located(typed) if typed else ("", "")
        if typed and not found[0]:
            raise forms.ValidationError(_("We do not know this postcode. Check it."))
        return found

    def told(self, *, home: str, is_planned: bool) -> WorkshopTold:
        """Return the workshop; `home` is the area where no postcode says another.

        Raises CampaignUnknown.
        """
        said = self.cleaned_data
        kit, edition = said["kit"]
        area, commune = said["postcode"]
        return WorkshopTold(
            day=said["day"],
            setting=said["setting"],
            heads={band: said[f"{HEADS}{band}"] or 0 for band in Band},
            method=said["method"],
            is_planned=is_planned,
            kit=kit,
            edition=edition,
            area=area or home,
            commune=commune,
            needs=said["needs"],
            talked=said["talked"],
            campaign=require_known(said["campaign"]),
        )


class WorkshopForm(WorkshopFacts):
    """What a structure declares: with its code, and a key that is the same however often it comes.

    It is as well what the phone keeps and sends.
    """

    structure = forms.CharField(
        label=_("Code of your structure"),
        max_length=60,
        help_text=_("Twelve letters and digits. The centre has sent them to you."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    planned = forms.ChoiceField(
        label=_("The workshop is"),
        choices=[
            (WorkshopState.HELD, pgettext_lazy("workshop", "Held")),
            (WorkshopState.PLANNED, pgettext_lazy("workshop", "Planned")),
        ],
        widget=forms.RadioSelect,
        initial=WorkshopState.HELD,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_structure(self) -> Opened:
        """Return the structure whose code it is."""
        try:
            return of_structures.opened_by(self.cleaned_data["structure"])
        except NotHere:
            raise forms.ValidationError(
                _("We do not know this code. Check it, or ask the centre for it.")
            ) from None


class VoidForm(forms.Form):
    """Why a declaration counts no more."""

    why = CodeField(Why, label=_("Why"))


class AskForm(forms.Form):
    """A school asks for a visit."""

    name = forms.CharField(
        label=_("Name of the school"),
        max_length=_MOST_LETTERS,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    school_code = forms.CharField(max_length=LONGEST_CODE + 4, required=False)
    area = forms.ChoiceField(label=_("Territory"))
    levels = forms.MultipleChoiceField(label=_("Class levels"), widget=forms.CheckboxSelectMultiple)
    expected = forms.IntegerField(label=_("Number of pupils"), min_value=1, max_value=MOST_EXPECTED)
    wished_from = DayField(label=_("From"))
    wished_to = DayField(label=_("Until"))
    person = forms.CharField(
        label=pgettext_lazy("fieldwork", "Your name"),
        max_length=_MOST_LETTERS,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = forms.CharField(
        label=_("Your telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    words = LongTextField(
        rows=3,
        label=_("Your wishes"),
        max_length=1_000,
        required=False,
        help_text=_("Days that suit, what happened. Name no pupil."),
    )

    audience = Audience.SCHOOL

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        country = schools(settings.COUNTRY)
        self.fields["school_code"].label = str(country.code_says)
        _offer(self, "area", [("", "—"), *of_structures.areas()])
        _offer(self, "levels", [(code, str(words)) for code, words in country.levels.items()])

    def asked(self) -> Asked:
        """Return the request, its contact as it is sealed."""
        said = self.cleaned_data
        contact = {name: said[name] for name in ("person", "address", "telephone", "words")}
        return Asked(
            name=said["name"],
            area=said["area"],
            code=said.get("school_code", ""),
            groups=said["levels"],
            expected=said["expected"],
            wished_from=said["wished_from"],
            wished_to=said["wished_to"],
            audience=self.audience,
            line=said.get("line", Line.AWARENESS),
            language=get_language() or settings.LANGUAGE_CODE,
            campaign=require_known(said.get("campaign", "")),
            contact=contact if any(contact.values()) else {},
        )


class TalkForm(AskForm):
    """A talk for professionals, or a visit, that the coordinator writes down for someone."""

    line = CodeField(Line, label=_("Line that intervenes"), initial=Line.HOTLINE)
    campaign = forms.CharField(
        label=pgettext_lazy("fieldwork", "Campaign code"), max_length=30, required=False
    )

    audience = Audience.PROFESSIONALS

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        country = schools(settings.COUNTRY)
        del self.fields["school_code"]
        self.fields["name"].label = _("Name of the organisation")
        self.fields["levels"].label = _("Professions met")
        _offer(self, "levels", [(code, str(words)) for code, words in country.professions.items()])
        self.fields["expected"].label = _("Number of people")
        for name in ("person", "address"):
            self.fields[name].required = False
        for name, label in (
            ("person", _("Name of the contact")),
            ("address", _("E-mail address of the contact")),
            ("telephone", _("Telephone of the contact")),
        ):
            self.fields[name].label = label


class PlanForm(forms.Form):
    """When, and who comes, as a role."""

    planned_on = DayField(label=_("Day"))
    half_day = CodeField(HalfDay, label=_("Half-day"))
    comes = CodeField(Comes, label=_("Coming as"))
    structure = forms.TypedChoiceField(
        label=_("Structure"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        offered = [(str(key), name) for key, name in of_structures.choices()]
        _offer(self, "structure", [("", "—"), *offered])


class MetForm(forms.Form):
    """Who was met: a number for each level or profession."""

    met_on = DayField(label=_("Day"))

    def __init__(
        self, data: Any = None, *, audience: Audience, groups: Sequence[str], day: date
    ) -> None:
        super().__init__(data, initial={"met_on": min(day, clock.today())})
        country = schools(settings.COUNTRY)
        words = country.levels if audience is Audience.SCHOOL else country.professions
        asked = [code for code in words if code in groups]
        for code in (*asked, *(code for code in words if code not in groups)):
            self.fields[f"{HEADS}{code}"] = HeadsField(label=str(words[code]))
        self.asked = [self[f"{HEADS}{code}"] for code in asked]
        self.others = [self[f"{HEADS}{code}"] for code in words if code not in groups]

    @property
    def met(self) -> dict[str, int]:
        """Return the heads by code."""
        return {
            name.removeprefix(HEADS): number or 0
            for name, number in self.cleaned_data.items()
            if name.startswith(HEADS)
        }


class OpinionForm(forms.Form):
    """How a visit was, from 1 to 5."""

    rating = forms.TypedChoiceField(
        label=_("How was it for your pupils and for you?"),
        choices=[
            (5, _("5: very useful")),
            (4, _("4: useful")),
            (3, _("3: in between")),
            (2, _("2: of little use")),
            (1, _("1: of no use")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )


def read_kit(text: str) -> tuple[UUID | None, int]:
    """Return a kit and its version, as an address or a form has them: `key.number`."""
    if not text:
        return None, 0
    key, _dot, number = text.partition(".")
    try:
        return UUID(key), min(int(number), _MOST_VERSIONS)
    except ValueError:
        said = _("We do not know this kit. Choose one of the list, or none.")
        raise forms.ValidationError(said) from None


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def _titled(version: kits.Version) -> str:
    return gettext("%(title)s, version %(number)s") % {
        "title": version.title,
        "number": version.number,
    }


def _kit_named(chosen: str) -> str:
    """Return the words for a kit that is not of the list: one that is not public any more."""
    try:
        kit, number = read_kit(chosen)
    except forms.ValidationError:
        kit, number = None, 0
    version = kits.version_of(kit, number) if kit else None
    if version is None:
        return gettext("Unknown kit")
    return gettext("%(kit)s (no longer published)") % {"kit": _titled(version)}

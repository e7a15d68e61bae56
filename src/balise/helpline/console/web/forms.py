"""What a listener fills in: the seat, the record, the wrap-up, the brief, the checklist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import CodeField
from balise.helpline.console.rules import LONGEST_ANSWER, LONGEST_BRIEF, Question, read_text
from balise.helpline.contacts.rules.ages import OLDEST
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.contacts.rules.forms import Drawer, Form, Kind, Section
from balise.helpline.contacts.rules.kinds import ContactKind
from balise.helpline.contacts.rules.lowering import LONGEST_REASON, is_lower, needed
from balise.helpline.contacts.rules.taxonomies import Taxonomies
from balise.helpline.contacts.web.fields import control
from balise.helpline.queue.rules import MOST_CHATS, Risk, Skill
from balise.helpline.telephony.rules.call_backs import Attempt

_NOTHING = [("", "—")]
_WORDS = {"autocomplete": "off"}
_ASKED_FIRST = (
    *("contact_type", "risk", "lowered", "lowered_words"),
    *("age", "age_band", "gender", "caller", "place", "outcome"),
)


class Words(forms.CharField):
    """Words of one's own, measured as the browser measures them."""

    def to_python(self, value: Any) -> str:
        return read_text(str(super().to_python(value) or ""))


class SeatForm(forms.Form):
    """What one can do today, and for how many chats at once."""

    skills = forms.TypedMultipleChoiceField(
        label=_("My skills"),
        choices=Skill.choices,
        coerce=Skill,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    chat_cap = forms.TypedChoiceField(
        label=_("Chats at once"),
        choices=[(n, str(n)) for n in range(1, MOST_CHATS + 1)],
        coerce=int,
    )


class RiskForm(forms.Form):
    """How urgent it is."""

    risk = CodeField(Risk, label=_("How urgent is it?"), widget=forms.RadioSelect)


class BriefForm(forms.Form):
    """Whom to pass someone on to, and what they must know."""

    skill = CodeField(
        Skill,
        label=_("To a profession"),
        choices=[*_NOTHING, *Skill.choices],
        empty_value=None,
        required=False,
    )
    to = forms.ChoiceField(label=_("Or to a colleague"), required=False)
    brief = Words(
        label=_("Message for your colleague"),
        help_text=_(
            "Encrypted. The young person never sees it and does not have to repeat everything."
        ),
        max_length=LONGEST_BRIEF,
        widget=forms.Textarea(attrs={"rows": 3, **_WORDS}),
    )

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [*_NOTHING, *colleagues]  # type: ignore[attr-defined]


class ChecklistForm(forms.Form):
    """The six questions where a life may be in danger."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question.value] = Words(
                label=question.label,
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 2, **_WORDS}),
            )


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are filled in together, and how many of them already say something."""

    label: str
    fields: tuple[forms.BoundField, ...]

    @property
    def filled(self) -> int:
        return sum(bool(field.value()) for field in self.fields)

    @property
    def is_wrong(self) -> bool:
        return any(field.errors for field in self.fields)


class RecordForm(forms.Form):
    """The record of a contact, as the country's form of that day has it."""

    def __init__(
        self, given: Any, *, form: Form, has_notes: bool, kept: Mapping[str, Any], prefix: str
    ) -> None:
        super().__init__(given, initial=dict(kept), prefix=prefix)
        shown = [one for one in form.fields if one.drawer is not Drawer.NOTES or has_notes]
        for field in shown:
            self.fields[field.code] = control(field, form)
        is_words = [one.kind is Kind.TEXT and one.section == Section.RECORD for one in shown]
        self._words = [one.code for one, words in zip(shown, is_words, strict=True) if words]
        self._sections = {
            section: [
                one.code
                for one, words in zip(shown, is_words, strict=True)
                if one.section == section and not words
            ]
            for section in Section
        }

    def words(self) -> tuple[forms.BoundField, ...]:
        """Return what is written while one listens."""
        return self._bound(self._words)

    def groups(self) -> list[Group]:
        """Return the other fields, by whom or what they are about."""
        return [
            Group(str(section.label), self._bound(codes))
            for section, codes in self._sections.items()
            if codes
        ]

    def _bound(self, codes: Iterable[str]) -> tuple[forms.BoundField, ...]:
        return tuple(self[code] for code in codes)


class WrapUpForm(forms.Form):
    """All that is said of a contact in codes, on one screen."""

    def __init__(
        self,
        *args: Any,
        form: Form,
        kinds: tuple[ContactKind, ...],
        topics: Taxonomies,
        worst: Risk,
        age: int | None = None,
        may_block: bool,
        asks_attempt: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if asks_attempt:
            self.fields["attempt"] = CodeField(
                Attempt,
                label=_("Outcome of the call"),
                help_text=_("People we did not reach are called again, three times at most."),
                choices=[*_NOTHING, *Attempt.choices],
            )
        self.fields["contact_type"] = forms.ChoiceField(
            label=_("Type of contact"), choices=[(kind.code, str(kind.label)) for kind in kinds]
        )
        for group in topics.groups:
            self.fields[f"topics_{group.code}"] = forms.MultipleChoiceField(
                label=str(group.label),
                choices=[(topic.code, str(topic.label)) for topic in group.topics],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["risk"] = CodeField(Risk, label=_("Risk"), initial=worst)
        self.worst = worst
        if worst is not Risk.F:
            self.fields["risk"].help_text = _(
                "The highest risk of this contact. To save a lower one, give the reason."
            )
            self.fields["lowered"] = forms.ChoiceField(
                label=_("Reason for the lower risk"),
                choices=[*_NOTHING, *form.choices("lowering")],
                required=False,
            )
            self.fields["lowered_words"] = Words(
                label=_("More details, if useful"),
                help_text=_("Encrypted with the record."),
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2, **_WORDS}),
            )
        self.fields["age"] = forms.IntegerField(
            label=_("Age in years"),
            required=False,
            min_value=0,
            max_value=OLDEST,
            initial=age,
        )
        for code, label, name in (
            ("age_band", _("Or an age band"), "age_bands"),
            ("gender", _("Gender"), "gender"),
            ("caller", _("Caller"), "callers"),
            ("place", _("Place"), "places"),
            ("outcome", _("Outcome"), "outcomes"),
        ):
            self.fields[code] = forms.ChoiceField(
                label=label, choices=[*_NOTHING, *form.choices(name)], required=False
            )
        self.fields["actions_taken"] = forms.MultipleChoiceField(
            label=_("Action taken"),
            choices=form.choices("actions_taken"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        if may_block:
            self.fields["block"] = CodeField(
                Length,
                label=_("Block temporarily"),
                help_text=_("Only for %(kinds)s. Never if someone may be in danger.")
                % {"kinds": ", ".join(str(kind.label) for kind in kinds if kind.is_blockable)},
                choices=[("", _("No block")), *Length.choices],
                empty_value=None,
                required=False,
            )
        self.fields["stays"] = forms.BooleanField(
            label=_("I need a moment before the next person"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Ask why, where the record would say less than what was said of this contact."""
        given = self.cleaned_data
        lower = "risk" in given and is_lower(given["risk"], than=self.worst)
        if lower and not given.get("lowered"):
            self.add_error("lowered", needed(self.worst))
        return given

    def asked_first(self) -> list[forms.BoundField]:
        """Return what is said of every contact, one pick each."""
        return [self[code] for code in ("attempt", *_ASKED_FIRST) if code in self.fields]

    def topic_groups(self) -> list[Group]:
        """Return the topics, group by group."""
        names = [name for name in self.fields if name.startswith("topics_")]
        return [Group(str(self.fields[name].label), (self[name],)) for name in names]

    def given(self) -> dict[str, Any]:
        """Return what the action asks for."""
        given = dict(self.cleaned_data)
        groups = [name for name in given if name.startswith("topics_")]
        topics = [code for name in groups for code in given.pop(name)]
        return {"topics": topics, "is_ready": not given.pop("stays"), **given}

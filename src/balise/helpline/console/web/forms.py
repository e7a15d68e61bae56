"""What a listener fills in: the seat, the record, the wrap-up, the brief, the checklist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import CodeField
from balise.helpline.console.rules import LONGEST_BRIEF, read_text
from balise.helpline.console.web.line_forms import extension_field
from balise.helpline.console.web.rows import FieldRow, Group
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.contacts.rules.forms import Drawer, FieldKind, Form, Section
from balise.helpline.contacts.rules.kinds import ContactKind, codes_of, missing
from balise.helpline.contacts.rules.lowering import LONGEST_REASON, is_lower, needed
from balise.helpline.contacts.rules.proposing import FIELDS, FOLLOWS, MANY, Proposal, ProposalWords
from balise.helpline.contacts.rules.taxonomies import Taxonomies
from balise.helpline.contacts.web.fields import control
from balise.helpline.queue.rules import MOST_CHATS, Risk, Skill
from balise.helpline.telephony.rules.call_backs import Attempt

_NOTHING = [("", "—")]
_EMPTY: tuple[Any, ...] = (None, "", [])
_ASKED = {
    "contact_type": _("Choose the caller, or the type of contact."),
    "topics": _("Choose at least one topic."),
}
_WORDS = {"autocomplete": "off"}
MOST_SHOWN = 11  # choices of a field in view; a longer list unfolds


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
    extension = extension_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.DIALS:
            del self.fields["extension"]


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


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic to tick; `id` is that of its box, `words` find it beside its label."""

    code: str
    label: str
    id: str
    is_ticked: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class TopicsOfGroup:
    """Topics that are shown together."""

    label: str
    topics: tuple[TopicChoice, ...]

    @property
    def ticked(self) -> int:
        return sum(topic.is_ticked for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a day that a record picks from, and the words that find in them."""

    topics: Taxonomies
    kinds: tuple[ContactKind, ...]
    words: ProposalWords


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it is shown: its field and its value in words."""

    one: Proposal
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a record: its version, when it was saved just now, and what was in the way.

    `theirs`: (label, text) of what a colleague wrote meanwhile; `is_lost`: one took it over.
    """

    version: int
    at: datetime | None = None
    says: str = ""
    theirs: tuple[tuple[str, Any], ...] = ()
    is_lost: bool = False


class RecordForm(forms.Form):
    """The record of a contact, as the country's form of that day has it."""

    def __init__(
        self,
        given: Any,
        *,
        form: Form,
        lists: Lists,
        worst: Risk,
        has_notes: bool,
        kept: Mapping[str, Any],
        saved: Saved,
    ) -> None:
        super().__init__(given, initial=dict(kept), prefix="record")
        self.saved, self._lists = saved, lists
        shown = [one for one in form.fields if one.drawer is not Drawer.NOTES or has_notes]
        for field in shown:
            self.fields[field.code] = control(field, form)
        self._name_nothing("contact_type", str(_("Same as the caller")))
        self._name_nothing("risk", _("As assessed: %(risk)s") % {"risk": worst.label})
        self._in_view = [code for code in form.in_view if code in self.fields]
        self._shown = form.shown
        self._show_choices()
        self.often = " ".join(form.often)
        self._sections = {
            section: [
                one.code
                for one in shown
                if one.section == section
                and one.kind is not FieldKind.PROPOSALS
                and one.code not in self._in_view
            ]
            for section in Section
        }

    @property
    def filled(self) -> int:
        """Return how many of the fields in view say something."""
        return sum(self[code].value() not in _EMPTY for code in self._in_view)

    @property
    def most(self) -> int:
        """Return how many fields are in view."""
        return len(self._in_view)

    @property
    def proposes(self) -> str:
        """Return the fields for which something may be proposed."""
        return " ".join(sorted(FIELDS))

    @property
    def follows(self) -> str:
        """Return the fields that are proposed anew where what was confirmed no longer holds."""
        return " ".join(sorted(FOLLOWS))

    @property
    def standing(self) -> list[str]:
        """Return the keys of the proposals that were confirmed and not changed by hand since."""
        now = {f"{code}:{self[code].value()}" for code in FOLLOWS if code in self.fields}
        return sorted(now & {*(self["confirmed"].value() or ())})

    def clean(self) -> dict[str, Any]:
        """Keep of what was confirmed only what still stands."""
        return {**(super().clean() or {}), "confirmed": self.standing}

    def rows(self) -> list[FieldRow]:
        """Return the fields that are looked at first."""
        return [self._row(field) for field in self._bound(self._in_view)]

    def groups(self) -> list[Group]:
        """Return the other fields, by whom or what they are about."""
        return [
            Group(str(section.label), self._bound(codes))
            for section, codes in self._sections.items()
            if codes
        ]

    def topic_groups(self) -> list[TopicsOfGroup]:
        """Return the topics, group by group."""
        bound = self["topics"]
        ticked, ids = frozenset(bound.value() or ()), count()
        return [
            TopicsOfGroup(
                str(group.label),
                tuple(
                    TopicChoice(
                        topic.code,
                        str(topic.label),
                        f"{bound.auto_id}_{next(ids)}",
                        topic.code in ticked,
                        self._lists.words.of_topic(topic.code),
                    )
                    for topic in group.topics
                ),
            )
            for group in self._lists.topics.groups
        ]

    def open_to(self, proposals: Iterable[Proposal]) -> list[Proposed]:
        """Return what may still be proposed: not what is filled in, nor what was refused.

        In the place of what was confirmed another value may be.
        """
        refused = self["refused"].value() or ()
        standing = {key.partition(":")[0] for key in self.standing}
        return [
            Proposed(
                one,
                str(self.fields[one.field].label),
                str(_labels(self.fields[one.field]).get(one.value, one.value)),
            )
            for one in proposals
            if one.field in self.fields
            and one.key not in refused
            and (
                one.value not in (self[one.field].value() or ())
                if one.field in MANY
                else self[one.field].value() in _EMPTY
                or (one.field in standing and self[one.field].value() != one.value)
            )
        ]

    def given(self) -> dict[str, Any]:
        """Return what can be saved of what was typed: the fields that are right, None for none."""
        return {
            code: None if value in _EMPTY else value for code, value in self.cleaned_data.items()
        }

    def codes(self) -> dict[str, Any]:
        """Return the codes with which to close the contact; ask in place for what is missing."""
        kinds = self._lists.kinds
        codes = codes_of(self.cleaned_data, kinds)
        for code in missing(codes, kinds):
            self.add_error(code, _ASKED[code])
        return codes

    def _name_nothing(self, code: str, words: str) -> None:
        if code in self.fields:
            _none, *choices = self.fields[code].choices  # type: ignore[attr-defined]
            self.fields[code].choices = [("", words), *choices]  # type: ignore[attr-defined]

    def _show_choices(self) -> None:
        """Show the choices of each short list in view, so that one press chooses."""
        for code in self._in_view:
            field = self.fields[code]
            is_short = len(_labels(field)) <= MOST_SHOWN or code in self._shown
            if type(field) is forms.ChoiceField and is_short:
                field.widget = forms.RadioSelect(choices=list(_labels(field).items()))

    def _row(self, field: forms.BoundField) -> FieldRow:
        if field.name not in self._shown:
            return FieldRow(field)
        choices = {str(choice.data["value"]): choice for choice in field.subwidgets}
        shown = [choices.pop(code) for code in ("", *self._shown[field.name]) if code in choices]
        return FieldRow(field, tuple(shown), tuple(choices.values()))

    def _bound(self, codes: Iterable[str]) -> tuple[forms.BoundField, ...]:
        return tuple(self[code] for code in codes)


class WrapUpForm(forms.Form):
    """All that the record does not say, and that the end of a contact asks for."""

    def __init__(
        self,
        *args: Any,
        form: Form,
        kinds: tuple[ContactKind, ...],
        worst: Risk,
        may_block: bool,
        asks_attempt: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.worst = worst
        if asks_attempt:
            self.fields["attempt"] = CodeField(
                Attempt,
                label=_("Outcome of the call"),
                help_text=_("People we did not reach are called again, three times at most."),
                widget=forms.RadioSelect,
            )
        if worst is not Risk.F:
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

    def ask_why(self, risk: Risk | None) -> None:
        """Ask why, where the record would say less than what was said of this contact."""
        lower = risk is not None and is_lower(risk, than=self.worst)
        if lower and not self.cleaned_data.get("lowered"):
            self.add_error("lowered", needed(self.worst))

    def lowering(self) -> list[forms.BoundField]:
        """Return what is asked of a lower risk; nothing where none was raised."""
        return [self[code] for code in ("lowered", "lowered_words") if code in self.fields]

    def given(self) -> dict[str, Any]:
        """Return what the action asks for, beside the codes of the record."""
        given = dict(self.cleaned_data)
        return {"is_ready": not given.pop("stays"), **given}


def _labels(field: forms.Field) -> dict[str, str]:
    choices: Any = getattr(field, "choices", ())
    return dict(choices)

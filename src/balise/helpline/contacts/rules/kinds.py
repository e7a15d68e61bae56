"""What kind of contact it was, and what applies to one who says nothing.

A silent or a testing contact may come before the telling: children ring ten times and more before
they speak. So silence never blocks anyone; repeats are counted within a day and shown to the
listener with words to offer, and that is all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import Risk


class KindUnknown(Refused, code="contact-type-unknown"):
    pass


class TopicNeeded(Refused, code="topic-needed"):
    pass


@dataclass(frozen=True, slots=True)
class ContactKind:
    """One type of contact. `is_counselling`: it is counted by its topics (“data”).

    `is_supportive`: it may be someone who does not dare yet; never a ground for a block.
    `callers`: for whom it is this type, where none was said.
    """

    code: str
    label: Words
    definition: Words
    is_counselling: bool
    is_supportive: bool
    is_blockable: bool
    phrases: tuple[Words, ...]
    callers: frozenset[str] = frozenset()


@cache
def contact_kinds(country: str) -> tuple[ContactKind, ...]:
    """Return the types of contact, in the order in which to offer them; PackFaulty if wrong."""
    pack = load("balise.helpline.contacts", country=country, name="contact_types")
    phrases = tuple(Words.read(each, where="contact_types.phrases") for each in pack["phrases"])
    found = tuple(
        ContactKind(
            code=str(entry["code"]),
            label=Words.read(entry.get("label"), where=f"contact_types.{entry['code']}.label"),
            definition=Words.read(
                entry.get("definition"), where=f"contact_types.{entry['code']}.definition"
            ),
            is_counselling=bool(entry["counselling"]),
            is_supportive=bool(entry.get("supportive", False)),
            is_blockable=bool(entry.get("blockable", False)),
            phrases=phrases if entry.get("supportive") else (),
            callers=frozenset(entry.get("callers", ())),
        )
        for entry in pack["types"]
    )
    for kind in found:
        if kind.is_blockable and (kind.is_supportive or kind.is_counselling):
            raise PackFaulty(f"contact_types.{kind.code}: whoever may need help is not blocked")
    callers = [caller for kind in found for caller in kind.callers]
    if len(set(callers)) != len(callers):
        raise PackFaulty("contact_types: each of the callers leads to one type")
    if len({kind.code for kind in found}) != len(found):
        raise PackFaulty("contact_types: each code once")
    return found


def contact_kind(code: str, *, country: str) -> ContactKind:
    """Return the type with this code, or refuse."""
    for kind in contact_kinds(country):
        if kind.code == code:
            return kind
    raise KindUnknown(_("This type of contact does not exist."))


def kind_for(caller: str, kinds: tuple[ContactKind, ...]) -> str:
    """Return the code of the type that goes with a caller; "" where several may."""
    return next((kind.code for kind in kinds if caller in kind.callers), "")


def check_topics(kind: ContactKind, topics: tuple[str, ...]) -> tuple[str, ...]:
    """Return the topics of a contact: at least one where someone spoke, none elsewhere."""
    if kind.is_counselling and not topics:
        raise TopicNeeded(_("Choose at least one topic."))
    return topics if kind.is_counselling else ()


# What a contact was, in codes, as its record says it: written once, it closes the contact.


# Of each code that a contact is closed with, the field of the record that says it.
FIELDS = {
    "topics": "topics",
    "actions_taken": "actions_taken",
    "place": "place",
    "outcome": "outcome",
    "age": "child_age",
    "age_band": "child_age_band",
    "gender": "child_gender",
    "caller": "caller_relation",
}
_SEVERAL = frozenset({"topics", "actions_taken"})


def codes_of(record: Mapping[str, Any], kinds: tuple[ContactKind, ...]) -> dict[str, Any]:
    """Return the codes of a record, as `contacts.actions.wrapping.wrap_up` takes them.

    A record that has no type of contact takes that of its caller, "" where several may be. Its
    risk is None where it says none: the highest of the contact then counts.
    """
    codes = {
        code: record.get(field) or ([] if code in _SEVERAL else "")
        for code, field in FIELDS.items()
        if code != "age"
    }
    age, risk = record.get("child_age"), record.get("risk")
    said = record.get("contact_type") or kind_for(str(codes["caller"]), kinds)
    return {
        **codes,
        "contact_type": said,
        "age": None if age in {None, ""} else int(age),
        "risk": Risk(risk) if risk else None,
    }


def missing(codes: Mapping[str, Any], kinds: tuple[ContactKind, ...]) -> tuple[str, ...]:
    """Return the fields without which a contact cannot be closed, and which are still empty."""
    kind = next((one for one in kinds if one.code == codes["contact_type"]), None)
    if kind is None:
        return ("contact_type",)
    return ("topics",) if kind.is_counselling and not codes["topics"] else ()

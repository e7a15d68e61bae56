"""What a contact was, in codes, as its record says it: written once, it closes the contact."""

from collections.abc import Mapping
from typing import Any

from balise.helpline.contacts.rules.kinds import ContactKind, kind_for
from balise.helpline.queue.rules import Risk

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

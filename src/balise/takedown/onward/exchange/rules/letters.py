"""A letter between two hotlines: what it says, and the envelope that it travels in.

The envelope is signed by its author and opens for its recipient only; its carriers, our own public
process included, learn who writes to whom and how long it is. Unknown words are refused.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import orjson
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation import moments, strict_json
from balise.takedown.onward.exchange.rules.words import LetterKind, Outcome, Reason

# What a child sexual abuse content shows, in the words that hotlines share.
#
# The one place where another classification is brought into ours. An age is that of the youngest
# child, a class the gravest that applies: the analyst decided it item by item.


class Classification(TextChoices):
    """By whose law: everywhere in the network, by the law of one country, or not at all."""

    BASELINE = "baseline", _("Illegal everywhere in the network (baseline)")
    NATIONAL = "national", _("Illegal by the law of this country (national)")
    IGNORE = "ignore", _("No action (ignore)")


class Age(TextChoices):
    """How old the youngest child seems."""

    NOT_CATEGORISED = "not-categorised", _("Cannot be determined")
    INFANT = "infant", _("Infant")
    PREPUBESCENT = "pre-pubescent", _("Before puberty")
    PUBESCENT = "pubescent", _("In puberty")


class Gender(TextChoices):
    """Who is seen."""

    NOT_DETERMINED = "not-determined", _("Cannot be determined")
    FEMALE = "female", _("Girls")
    MALE = "male", _("Boys")
    BOTH = "both", pgettext_lazy("gender", "Both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """One content in the codes that two hotlines share: three codes and three times yes or no."""

    classification: Classification
    age: Age = Age.NOT_CATEGORISED
    gender: Gender = Gender.NOT_DETERMINED
    is_virtual: bool = False
    is_self_generated: bool = False
    is_modelling: bool = False

    def to_fields(self) -> dict[str, str | bool]:
        """Return the fields that are written into a letter."""
        return {
            "classification": self.classification.value,
            "age": self.age.value,
            "gender": self.gender.value,
            "is_virtual": self.is_virtual,
            "is_self_generated": self.is_self_generated,
            "is_modelling": self.is_modelling,
        }

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return what `to_fields` wrote; ValueError for anything else."""
        flags = {name: fields[name] for name in ("is_virtual", "is_self_generated", "is_modelling")}
        if not all(isinstance(flag, bool) for flag in flags.values()):
            raise ValueError("a flag is true or false")
        return cls(
            classification=Classification(fields["classification"]),
            age=Age(fields["age"]),
            gender=Gender(fields["gender"]),
            **flags,
        )


VERSION = 1
LONGEST_ADDRESS = 65_536
LONGEST_WORDS = 5_000
LONGEST_ENVELOPE = 262_144
_CODE = 60


class LetterFaulty(ValueError):
    """It is no letter that we know how to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What travels. `sender` signs, `recipient` opens: fingerprints of public keys."""

    id: UUID
    sender: str
    recipient: str
    sealed: bytes
    signature: bytes = b""

    @property
    def bound_to(self) -> bytes:
        """What is bound into the seal: a letter opens as this letter alone."""
        return f"balise/letter/v{VERSION}|{self.id}|{self.sender}|{self.recipient}".encode()

    @property
    def signed_text(self) -> bytes:
        return self.bound_to + b"|" + self.sealed

    def signed(self, signature: bytes) -> Self:
        return replace(self, signature=signature)

    def to_bytes(self) -> bytes:
        """Return the envelope as JSON."""
        return orjson.dumps(
            {
                "version": VERSION,
                "id": self.id,
                "sender": self.sender,
                "recipient": self.recipient,
                "sealed": b64encode(self.sealed).decode(),
                "signature": b64encode(self.signature).decode(),
            }
        )

    @classmethod
    def read(cls, octets: bytes) -> Self:
        """Return the envelope that `to_bytes` wrote, or raise LetterFaulty."""
        fields = _object(
            octets,
            {"version", "id", "sender", "recipient", "sealed", "signature"},
            LONGEST_ENVELOPE,
        )
        try:
            return cls(
                id=UUID(fields["id"]),
                sender=_code(fields["sender"]),
                recipient=_code(fields["recipient"]),
                sealed=b64decode(fields["sealed"], validate=True),
                signature=b64decode(fields["signature"], validate=True),
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise LetterFaulty("the envelope") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one hotline tells another of content: where, why illegal, hosted where, how serious."""

    address: str
    words: str
    language: str
    seen_at: datetime
    country: str
    network: int
    dsa_category: str
    dsa_keyword: str
    danger: bool
    classified: Classified | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comes back. `turn` counts the answers about one content, so that none undoes a later."""

    turn: int
    at: datetime
    outcome: Outcome = Outcome.NONE
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter in clear; `about` is the number that the first sender gave the transfer."""

    kind: LetterKind
    about: UUID
    statement: Statement | None = None
    answer: Answer | None = None

    def to_fields(self) -> dict[str, Any]:
        """Return the fields that are sealed."""
        fields: dict[str, Any] = {
            "version": VERSION,
            "kind": self.kind.value,
            "about": str(self.about),
        }
        if self.statement is not None:
            fields["statement"] = _written(self.statement)
        if self.answer is not None:
            fields["answer"] = {
                "turn": self.answer.turn,
                "at": self.answer.at.isoformat(),
                "outcome": self.answer.outcome.value,
                "reason": self.answer.reason.value,
            }
        return fields

    def to_bytes(self) -> bytes:
        """Return the letter as JSON, which bears spaces at its end."""
        return orjson.dumps(self.to_fields(), option=orjson.OPT_SORT_KEYS)

    @classmethod
    def from_bytes(cls, octets: bytes) -> Self:
        """Return the letter that `to_bytes` wrote, or raise LetterFaulty."""
        try:
            fields = strict_json.loads(octets)
        except strict_json.FAULTS as error:
            raise LetterFaulty("not JSON") from error
        return cls.from_fields(fields)

    @classmethod
    def from_fields(cls, fields: object) -> Self:
        """Return the letter that `to_fields` wrote, or raise LetterFaulty."""
        if not isinstance(fields, dict):
            raise LetterFaulty("no object")
        try:
            kind = LetterKind(fields["kind"])
            content = "statement" if kind is LetterKind.REPORT else "answer"
            _check_names(fields, {"version", "kind", "about", content})
            if fields["version"] != VERSION:
                raise LetterFaulty("another version")
            return cls(
                kind=kind,
                about=UUID(fields["about"]),
                statement=_statement(fields["statement"]) if kind is LetterKind.REPORT else None,
                answer=_answer(fields["answer"]) if kind is not LetterKind.REPORT else None,
            )
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise LetterFaulty(str(error)) from error


_STATEMENT = set(Statement.__dataclass_fields__)
_ANSWER = set(Answer.__dataclass_fields__)


def _written(statement: Statement) -> dict[str, Any]:
    fields = {name: getattr(statement, name) for name in _STATEMENT}
    fields["seen_at"] = statement.seen_at.isoformat()
    fields["classified"] = statement.classified.to_fields() if statement.classified else None
    return fields


def _statement(fields: dict[str, Any]) -> Statement:
    _check_names(fields, _STATEMENT)
    for name, longest in (
        ("address", LONGEST_ADDRESS),
        ("words", LONGEST_WORDS),
        ("language", 8),
        ("country", 2),
        ("dsa_category", _CODE),
        ("dsa_keyword", _CODE),
    ):
        text = fields[name]
        if not isinstance(text, str) or len(text) > longest or "\0" in text:
            raise LetterFaulty(name)
    if type(fields["network"]) is not int or not 0 <= fields["network"] < 1 << 32:
        raise LetterFaulty("network")
    if not isinstance(fields["danger"], bool):
        raise LetterFaulty("danger")
    if not fields["address"].strip():
        raise LetterFaulty("address")
    classified = fields["classified"]
    return Statement(
        **{
            **fields,
            "seen_at": moments.read(fields["seen_at"]),
            "classified": None if classified is None else Classified.from_fields(classified),
        }
    )


def _answer(fields: dict[str, Any]) -> Answer:
    _check_names(fields, _ANSWER)
    turn = fields["turn"]
    if type(turn) is not int or not 0 < turn < 1 << 31:
        raise LetterFaulty("turn")
    return Answer(
        turn=turn,
        at=moments.read(fields["at"]),
        outcome=Outcome(fields["outcome"]),
        reason=Reason(fields["reason"]),
    )


def _code(text: str) -> str:
    if not 0 < len(text) <= _CODE or not text.isascii() or not text.isalnum():
        raise LetterFaulty("a key's name")
    return text


def _object(octets: bytes, names: set[str], longest: int) -> dict[str, Any]:
    if len(octets) > longest:
        raise LetterFaulty("too long")
    try:
        fields = strict_json.loads(octets)
    except strict_json.FAULTS as error:
        raise LetterFaulty("not JSON") from error
    if not isinstance(fields, dict):
        raise LetterFaulty("no object")
    _check_names(fields, names)
    if fields["version"] != VERSION:
        raise LetterFaulty("another version")
    return fields


def _check_names(fields: object, names: set[str]) -> None:
    if not isinstance(fields, dict) or fields.keys() != names:
        raise LetterFaulty("a name that we do not know, or one that is missing")

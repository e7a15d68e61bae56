"""What one item of a content shows, in our own codes: they are kept, and everything else derives.

An item is one picture, video, text: a content may hold hundreds. Codes only, never words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Answer(TextChoices):
    """Whether something is so; “unknown” is an answer, never a no."""

    YES = "yes", pgettext_lazy("item", "Yes")
    NO = "no", pgettext_lazy("item", "No")
    UNKNOWN = "unknown", pgettext_lazy("item", "Not known")


class AgeGroup(TextChoices):
    """How old the youngest person of the item seems to be."""

    INFANT = "infant", pgettext_lazy("item", "Infant")
    PRE_PUBESCENT = "pre-pubescent", pgettext_lazy("item", "Before puberty")
    PUBESCENT = "pubescent", pgettext_lazy("item", "In puberty")
    ADULT_LOOKING = "adult-looking", pgettext_lazy("item", "Looks like an adult")
    UNKNOWN = "unknown", pgettext_lazy("item", "Not known")


class Sex(TextChoices):
    """Of the child or children of the item."""

    FEMALE = "female", pgettext_lazy("item", "Girl")
    MALE = "male", pgettext_lazy("item", "Boy")
    BOTH = "both", pgettext_lazy("item", "Girls and boys")
    UNKNOWN = "unknown", pgettext_lazy("item", "Not known")


class Act(TextChoices):
    """The gravest thing that the item shows, gravest first."""

    SADISM = "sadism", pgettext_lazy("item", "Sadism or cruelty")
    ANIMAL = "animal", pgettext_lazy("item", "With an animal")
    PENETRATION = "penetration", pgettext_lazy("item", "Penetration")
    CONTACT = "contact", pgettext_lazy("item", "Another sexual act")
    FOCUS = "focus", pgettext_lazy("item", "Focus on the genitals")
    POSING = "posing", pgettext_lazy("item", "Sexualised pose or nudity")
    NONE = "none", pgettext_lazy("item", "Nothing sexual")
    UNKNOWN = "unknown", pgettext_lazy("item", "Not known")


class Reality(TextChoices):
    """Whether what is shown took place."""

    REAL = "real", pgettext_lazy("item", "Real")
    DRAWN = "drawn", pgettext_lazy("item", "Drawn or rendered")
    GENERATED = "generated", pgettext_lazy("item", "Made or altered by an AI")
    UNKNOWN = "unknown", pgettext_lazy("item", "Not known")


class Media(TextChoices):
    """What kind of file the item is."""

    IMAGE = "image", pgettext_lazy("item", "Picture")
    VIDEO = "video", pgettext_lazy("item", "Video")
    AUDIO = "audio", pgettext_lazy("item", "Sound")
    TEXT = "text", pgettext_lazy("item", "Text")
    LINK = "link", pgettext_lazy("item", "Link")
    ARCHIVE = "archive", pgettext_lazy("item", "Archive file")
    PAGE = "page", pgettext_lazy("item", "Page")
    OTHER = "other", pgettext_lazy("item", "Other")


class Commerciality(TextChoices):
    """Whether someone is paid for it."""

    COMMERCIAL = "commercial", pgettext_lazy("item", "For money")
    FREE = "free", pgettext_lazy("item", "Free")
    UNKNOWN = "unknown", pgettext_lazy("item", "Not known")


class SiteType(TextChoices):
    """What kind of place holds it."""

    WEBSITE = "website", pgettext_lazy("item", "Website")
    FILE_HOST = "file-host", pgettext_lazy("item", "File host")
    IMAGE_HOST = "image-host", pgettext_lazy("item", "Image host")
    IMAGE_STORE = "image-store", pgettext_lazy("item", "Image store")
    IMAGE_BOARD = "image-board", pgettext_lazy("item", "Image board")
    FORUM = "forum", pgettext_lazy("item", "Forum")
    SOCIAL = "social", pgettext_lazy("item", "Social network")
    BLOG = "blog", pgettext_lazy("item", "Blog")
    LINKS = "links", pgettext_lazy("item", "List of links")
    BANNER = "banner", pgettext_lazy("item", "Banner site")
    REDIRECTOR = "redirector", pgettext_lazy("item", "Redirector")
    ARCHIVE = "archive", pgettext_lazy("item", "Web archive")
    SEARCH = "search", pgettext_lazy("item", "Search engine")
    NONE = "none", pgettext_lazy("item", "No site: an application, a message")
    UNKNOWN = "unknown", pgettext_lazy("item", "Not known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What one item shows."""

    age: AgeGroup = AgeGroup.UNKNOWN
    sex: Sex = Sex.UNKNOWN
    act: Act = Act.UNKNOWN
    reality: Reality = Reality.UNKNOWN
    self_generated: Answer = Answer.UNKNOWN
    child_modelling: Answer = Answer.UNKNOWN
    media: Media = Media.OTHER
    commerciality: Commerciality = Commerciality.UNKNOWN
    site_type: SiteType = SiteType.UNKNOWN

    def codes(self) -> dict[str, str]:
        """Return the codes by the names of FACTS."""
        return {name: str(code.value) for name, code in asdict(self).items()}

    @classmethod
    def of_codes(cls, codes: Mapping[str, str]) -> Self:
        """Return the item with these codes; what is not said takes its default. ValueError else."""
        given: dict[str, Any] = {name: FACTS[name](code) for name, code in codes.items()}
        return cls(**given)


FACTS: dict[str, type[TextChoices]] = {
    "age": AgeGroup,
    "sex": Sex,
    "act": Act,
    "reality": Reality,
    "self_generated": Answer,
    "child_modelling": Answer,
    "media": Media,
    "commerciality": Commerciality,
    "site_type": SiteType,
}
NAMES = {
    "age": _("Age"),
    "sex": _("Sex"),
    "act": _("Content shown"),
    "reality": _("Real or made"),
    "self_generated": _("Taken by the child"),
    "child_modelling": _("Child modelling"),
    "media": _("Kind of file"),
    "commerciality": _("Commercial"),
    "site_type": _("Kind of site"),
}
if tuple(FACTS) != tuple(field.name for field in fields(Item)) or tuple(NAMES) != tuple(FACTS):
    raise TypeError("each fact of an item has its code list and its name")


# What follows from the items of an address: nothing here is chosen by hand.


CHILDREN = (AgeGroup.INFANT, AgeGroup.PRE_PUBESCENT, AgeGroup.PUBESCENT)
SEXUAL_ACTS = (Act.SADISM, Act.ANIMAL, Act.PENETRATION, Act.CONTACT)
_YOUNG = (AgeGroup.INFANT, AgeGroup.PRE_PUBESCENT)
_REAL_FIRST = (Reality.REAL, Reality.UNKNOWN, Reality.GENERATED, Reality.DRAWN)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of the baseline, and whether an item meets it."""

    code: str
    says: Promise
    met: Answer


@dataclass(frozen=True, slots=True)
class Baseline:
    """Whether an item is “baseline”, and the criteria that say so."""

    answer: Answer
    criteria: tuple[Criterion, ...]


def baseline(item: Item) -> Baseline:
    """Return whether an item is baseline by INTERPOL's criteria: yes only where each is met.

    A real child, who has not reached puberty (appears younger than 13), in a sexual act or with
    the focus on the genitals. One “no” settles it; else what is not known stays not known.
    """
    criteria = (
        Criterion("real-child", _("The child is real"), _is(item.reality, Reality.REAL)),
        Criterion(
            "under-13", _("The child is under 13, or before puberty"), _is(item.age, *_YOUNG)
        ),
        Criterion(
            "severe",
            _("A sexual act, or the focus on the genitals"),
            _is(item.act, *SEXUAL_ACTS, Act.FOCUS),
        ),
    )
    return Baseline(all_of(one.met for one in criteria), criteria)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return yes if all are, no if one is not, else unknown."""
    met = set(answers)
    if Answer.NO in met:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in met else Answer.YES


def youngest(items: Iterable[Item]) -> AgeGroup:
    """Return the youngest age group of several items; a known one before an unknown one."""
    return min((item.age for item in items), key=list(AgeGroup).index, default=AgeGroup.UNKNOWN)


def gravest(items: Iterable[Item]) -> Act:
    """Return the gravest act of several items; a known one before an unknown one."""
    return min((item.act for item in items), key=list(Act).index, default=Act.UNKNOWN)


def of_address(items: Sequence[Item]) -> Item | None:
    """Return what an address shows as a whole; None where nothing of it is described.

    Youngest child, gravest act, real before made: they may come from different items, which is why
    the items are kept and nothing is derived back from this. Its baseline is asked with
    `baseline_of`, never of this.
    """
    if not items:
        return None
    first = items[0]
    return replace(
        first,
        age=youngest(items),
        sex=_sexes(items),
        act=gravest(items),
        reality=min((item.reality for item in items), key=_REAL_FIRST.index),
        self_generated=_any(item.self_generated for item in items),
        child_modelling=_any(item.child_modelling for item in items),
        commerciality=_first_known((item.commerciality for item in items), Commerciality.UNKNOWN),
        site_type=_first_known((item.site_type for item in items), SiteType.UNKNOWN),
    )


def baseline_of(items: Iterable[Item]) -> Answer:
    """Return whether one of several items is baseline: no two items are mixed to make one."""
    return _any(baseline(item).answer for item in items)


def _is[Code](code: Code, *wanted: Code) -> Answer:
    if code in wanted:
        return Answer.YES
    return Answer.UNKNOWN if str(code) == Answer.UNKNOWN else Answer.NO


def _any(answers: Iterable[Answer]) -> Answer:
    met = set(answers)
    if Answer.YES in met:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in met or not met else Answer.NO


def _sexes(items: Sequence[Item]) -> Sex:
    known = {item.sex for item in items} - {Sex.UNKNOWN}
    if len(known) > 1:
        return Sex.BOTH
    return next(iter(known), Sex.UNKNOWN)


def _first_known[Code](codes: Iterable[Code], unknown: Code) -> Code:
    return next((code for code in codes if code != unknown), unknown)

"""What one item of a content shows, in our own codes: they are kept, and everything else derives.

An item is one picture, video, text: a content may hold hundreds. Codes only, never words.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.db.models import TextChoices
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

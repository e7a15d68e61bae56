"""ICCAM, INHOPE's exchange: ids and names as observed in a client of its API v3 (2023-24).

The three yes/no fields have an enumeration each, so that none can be used for another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Any

from django.db.models import IntegerChoices, TextChoices

from balise.takedown.law.rules.items import (
    FACTS,
    Act,
    AgeGroup,
    Answer,
    Commerciality,
    Item,
    Media,
    Reality,
    Sex,
    SiteType,
    baseline,
    of_address,
)

# One table for each enumeration of others, generated from a rule over whole code lists of ours.
#
# A table names the facts that it reads and the field that it writes in one place, and is walked
# both ways: a field cannot take another's value, and no code can be forgotten.


# Beside an item's own facts: whether the country's law forbids it (its offence's ICCAM class).
NATIONAL = "national"
LISTS: dict[str, type[TextChoices]] = {**FACTS, NATIONAL: Answer}

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """From codes of ours (`reads`, in this order) to one code of theirs, for each combination.

    `theirs` is their whole enumeration. A row without a code: they cannot say it. `by_item`: of an
    address they take the gravest code that one of its items has, the first in `theirs`; other
    fields say what the address shows as a whole. Two items never mix into a class that neither has.
    """

    field: str
    reads: tuple[str, ...]
    theirs: type[Enum]
    rows: Mapping[Row, Enum | None]
    by_item: bool = False

    def of(self, codes: Mapping[str, str]) -> Enum | None:
        """Return their code for ours."""
        return self.rows[tuple(codes[name] for name in self.reads)]

    def back(self, code: Enum) -> tuple[Row, ...]:
        """Return the codes of ours that become this code of theirs."""
        return tuple(row for row, theirs in self.rows.items() if theirs is code)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How items are said in the words of others; `source` says where these words were read."""

    code: str
    name: str
    source: str
    tables: tuple[Table, ...]

    def of(self, item: Item, *, national: Answer = Answer.UNKNOWN) -> dict[str, Enum]:
        """Return an item in their words, by field; what they cannot say is left out.

        `national`: whether the item is illegal by the country's law, from its offence.
        """
        codes = item.codes() | {NATIONAL: str(national.value)}
        said = ((table.field, table.of(codes)) for table in self.tables)
        return {field: code for field, code in said if code is not None}

    def of_address(
        self, items: Sequence[Item], *, national: Answer = Answer.UNKNOWN
    ) -> dict[str, Enum]:
        """Return what an address with these items shows in their words, by field."""
        whole = of_address(items)
        if whole is None:
            return {}
        found = self.of(whole, national=national)
        each = [self.of(item, national=national) for item in items]
        for table in self.tables:
            if table.by_item:
                found.pop(table.field, None)
                codes = [codes[table.field] for codes in each if table.field in codes]
                if codes:
                    found[table.field] = min(codes, key=list(table.theirs).index)
        return found

    def table(self, field: str) -> Table:
        """Return the table that writes a field."""
        return next(one for one in self.tables if one.field == field)


def generate(
    field: str,
    theirs: type[Enum],
    reads: tuple[str, ...],
    rule: Callable[..., Enum | None],
    *,
    by_item: bool = True,
) -> Table:
    """Return the table of a rule over every combination of the code lists that it reads."""
    combinations = product(*(LISTS[name] for name in reads))
    rows = {tuple(str(code.value) for code in codes): rule(*codes) for codes in combinations}
    return Table(field, reads, theirs, rows, by_item)


def one_to_one(
    field: str,
    theirs: type[Enum],
    fact: str,
    pairs: Mapping[Any, Enum | None],
    *,
    by_item: bool = False,
) -> Table:
    """Return the table of one fact; raise at the start if the pairs lack a code of ours."""
    if set(pairs) != set(LISTS[fact]):
        raise TypeError(f"{field}: each code of {fact}, and no other")
    return generate(field, theirs, (fact,), lambda code: pairs[code], by_item=by_item)


class Classification(IntegerChoices):
    BASELINE = 1, "Baseline CSAM"
    NATIONAL = 2, "National CSAM"
    IGNORE = 4, "Ignore"


class Age(IntegerChoices):
    NOT_CATEGORISED = 1, "Not categorised"
    INFANT = 2, "Infant"
    PRE_PUBESCENT = 3, "Pre-pubescent"
    PUBESCENT = 4, "Pubescent"


class Gender(IntegerChoices):
    NOT_DETERMINED = 1, "Not Determined"
    FEMALE = 2, "Female"
    MALE = 3, "Male"
    BOTH = 4, "Both"


class Virtual(IntegerChoices):
    YES = 1, "Yes"
    NO = 0, "No"


class UserGenerated(IntegerChoices):
    YES = 1, "Yes"
    NO = 0, "No"


class ChildModeling(IntegerChoices):
    YES = 1, "Yes"
    NO = 0, "No"


class IccamCommerciality(IntegerChoices):
    NOT_DETERMINED = 1, "Not Determined"
    COMMERCIAL = 2, "Commercial"
    NON_COMMERCIAL = 3, "Non-Commercial"


class IccamSiteType(IntegerChoices):
    NOT_DETERMINED = 1, "Not Determined"
    WEBSITE = 2, "Website"
    FILE_HOST = 3, "File host"
    IMAGE_STORE = 4, "Image store"
    IMAGE_BOARD = 5, "Image board"
    FORUM = 6, "Forum"
    BANNER_SITE = 7, "Banner site"
    LINK_SITE = 8, "Link site"
    SOCIAL_NETWORKING = 9, "Social Networking"
    REDIRECTOR = 10, "Redirector"
    WEB_ARCHIVE = 11, "Web archive"
    SEARCH_PROVIDER = 18, "Search provider"
    IMAGE_HOST = 20, "Image host"
    BLOG = 22, "Blog"
    WEBPAGE = 23, "webpage"
    NOT_APPLICABLE = 24, "Not Applicable"


class ContentType(IntegerChoices):
    MEDIA = 1, "media"
    WEBSITE = 2, "website"


class ContentTypeV2(IntegerChoices):
    IMAGE = 0, "Image"
    VIDEO = 1, "Video"
    LINK = 2, "Link"
    CONTAINER = 3, "Container"
    OTHER = 4, "Other"
    TEXT = 5, "Text"


def _classification(
    age: AgeGroup, act: Act, reality: Reality, national: Answer
) -> Classification | None:
    """Baseline follows from its criteria; else the country's law decides; else nobody knows."""
    if baseline(Item(age=age, act=act, reality=reality)).answer is Answer.YES:
        return Classification.BASELINE
    if national is Answer.YES:
        return Classification.NATIONAL
    return Classification.IGNORE if national is Answer.NO else None


ICCAM = Scheme(
    code="iccam",
    name="ICCAM",
    source="API v3, observed 2023-24; content type also as in v2",
    tables=(
        generate(
            "classification",
            Classification,
            ("age", "act", "reality", NATIONAL),
            _classification,
        ),
        one_to_one(
            "ageCategorization",
            Age,
            "age",
            {
                AgeGroup.INFANT: Age.INFANT,
                AgeGroup.PRE_PUBESCENT: Age.PRE_PUBESCENT,
                AgeGroup.PUBESCENT: Age.PUBESCENT,
                AgeGroup.ADULT_LOOKING: Age.NOT_CATEGORISED,
                AgeGroup.UNKNOWN: Age.NOT_CATEGORISED,
            },
        ),
        one_to_one(
            "genderCategorization",
            Gender,
            "sex",
            {
                Sex.FEMALE: Gender.FEMALE,
                Sex.MALE: Gender.MALE,
                Sex.BOTH: Gender.BOTH,
                Sex.UNKNOWN: Gender.NOT_DETERMINED,
            },
        ),
        one_to_one(
            "virtualContentCategorization",
            Virtual,
            "reality",
            {
                Reality.REAL: Virtual.NO,
                Reality.DRAWN: Virtual.YES,
                Reality.GENERATED: Virtual.YES,
                Reality.UNKNOWN: Virtual.NO,
            },
            by_item=True,
        ),
        one_to_one(
            "userGeneratedContentCategorization",
            UserGenerated,
            "self_generated",
            {
                Answer.YES: UserGenerated.YES,
                Answer.NO: UserGenerated.NO,
                Answer.UNKNOWN: UserGenerated.NO,
            },
            by_item=True,
        ),
        one_to_one(
            "childModelingCategorization",
            ChildModeling,
            "child_modelling",
            {
                Answer.YES: ChildModeling.YES,
                Answer.NO: ChildModeling.NO,
                Answer.UNKNOWN: ChildModeling.NO,
            },
            by_item=True,
        ),
        one_to_one(
            "sourceUrlCommerciality",
            IccamCommerciality,
            "commerciality",
            {
                Commerciality.COMMERCIAL: IccamCommerciality.COMMERCIAL,
                Commerciality.FREE: IccamCommerciality.NON_COMMERCIAL,
                Commerciality.UNKNOWN: IccamCommerciality.NOT_DETERMINED,
            },
        ),
        one_to_one(
            "sourceUrlSiteType",
            IccamSiteType,
            "site_type",
            {
                SiteType.WEBSITE: IccamSiteType.WEBSITE,
                SiteType.FILE_HOST: IccamSiteType.FILE_HOST,
                SiteType.IMAGE_HOST: IccamSiteType.IMAGE_HOST,
                SiteType.IMAGE_STORE: IccamSiteType.IMAGE_STORE,
                SiteType.IMAGE_BOARD: IccamSiteType.IMAGE_BOARD,
                SiteType.FORUM: IccamSiteType.FORUM,
                SiteType.SOCIAL: IccamSiteType.SOCIAL_NETWORKING,
                SiteType.BLOG: IccamSiteType.BLOG,
                SiteType.LINKS: IccamSiteType.LINK_SITE,
                SiteType.BANNER: IccamSiteType.BANNER_SITE,
                SiteType.REDIRECTOR: IccamSiteType.REDIRECTOR,
                SiteType.ARCHIVE: IccamSiteType.WEB_ARCHIVE,
                SiteType.SEARCH: IccamSiteType.SEARCH_PROVIDER,
                SiteType.NONE: IccamSiteType.NOT_APPLICABLE,
                SiteType.UNKNOWN: IccamSiteType.NOT_DETERMINED,
            },
        ),
        one_to_one(
            "contentType",
            ContentType,
            "media",
            {
                media: ContentType.WEBSITE
                if media in {Media.PAGE, Media.LINK}
                else ContentType.MEDIA
                for media in Media
            },
        ),
        one_to_one(
            "contentTypeV2",
            ContentTypeV2,
            "media",
            {
                Media.IMAGE: ContentTypeV2.IMAGE,
                Media.VIDEO: ContentTypeV2.VIDEO,
                Media.AUDIO: ContentTypeV2.OTHER,
                Media.TEXT: ContentTypeV2.TEXT,
                Media.LINK: ContentTypeV2.LINK,
                Media.ARCHIVE: ContentTypeV2.CONTAINER,
                Media.PAGE: ContentTypeV2.OTHER,
                Media.OTHER: ContentTypeV2.OTHER,
            },
        ),
    ),
)

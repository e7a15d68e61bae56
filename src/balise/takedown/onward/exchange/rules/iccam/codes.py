"""Ids and names of ICCAM, INHOPE's exchange, as observed in a client of its API v3 (2023-24).

The three yes/no fields have an enumeration each, so that none can be used for another.
"""

from django.db.models import IntegerChoices

from balise.takedown.law.rules.items import (
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
)
from balise.takedown.law.rules.mappings.tables import NATIONAL, Scheme, generate, one_to_one


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

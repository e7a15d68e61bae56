"""INHOPE's public headings, the DSA's words, XARF, NCMEC and the IWF: one scheme each.

Where a wording of theirs could not be read in their own pages, `source` says “to verify”.
"""

from enum import Enum, StrEnum

from balise.takedown.law.rules.items import (
    CHILDREN,
    SEXUAL_ACTS,
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
from balise.takedown.law.rules.mappings.tables import Scheme, Table, generate, one_to_one

_BEFORE_PUBERTY = (AgeGroup.INFANT, AgeGroup.PRE_PUBESCENT)
_EXHIBITION = (Act.FOCUS, Act.POSING)


# --- INHOPE: the headings of its public figures ---


class InhopeAge(StrEnum):
    INFANT = "Infant"
    PRE_PUBESCENT = "Pre-pubescent (3-13)"
    PUBESCENT = "Pubescent (14-17)"


class InhopeSex(StrEnum):
    FEMALE = "Female"
    MALE = "Male"
    BOTH = "Both"


class InhopeSite(StrEnum):
    """The data has ten; these are the ones whose names could be read."""

    WEBSITE = "Website"
    IMAGE_HOST = "Image host"
    FORUM = "Forum"
    OTHER = "Other"


INHOPE = Scheme(
    code="inhope",
    name="INHOPE, public figures",
    source="inhope.org, the facts; the other site types: to verify",
    tables=(
        one_to_one(
            "age",
            InhopeAge,
            "age",
            {
                AgeGroup.INFANT: InhopeAge.INFANT,
                AgeGroup.PRE_PUBESCENT: InhopeAge.PRE_PUBESCENT,
                AgeGroup.PUBESCENT: InhopeAge.PUBESCENT,
                AgeGroup.ADULT_LOOKING: None,
                AgeGroup.UNKNOWN: None,
            },
        ),
        one_to_one(
            "sex",
            InhopeSex,
            "sex",
            {
                Sex.FEMALE: InhopeSex.FEMALE,
                Sex.MALE: InhopeSex.MALE,
                Sex.BOTH: InhopeSex.BOTH,
                Sex.UNKNOWN: None,
            },
        ),
        one_to_one(
            "siteType",
            InhopeSite,
            "site_type",
            dict.fromkeys(SiteType, InhopeSite.OTHER)
            | {
                SiteType.WEBSITE: InhopeSite.WEBSITE,
                SiteType.IMAGE_HOST: InhopeSite.IMAGE_HOST,
                SiteType.FORUM: InhopeSite.FORUM,
                SiteType.UNKNOWN: None,
            },
        ),
    ),
)


# --- DSA Transparency Database ---


class DsaCategory(StrEnum):
    PROTECTION_OF_MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"


class DsaKeyword(StrEnum):
    MATERIAL = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"
    DEEPFAKE = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE"


class DsaContentType(StrEnum):
    APP = "CONTENT_TYPE_APP"
    AUDIO = "CONTENT_TYPE_AUDIO"
    IMAGE = "CONTENT_TYPE_IMAGE"
    PRODUCT = "CONTENT_TYPE_PRODUCT"
    TEXT = "CONTENT_TYPE_TEXT"
    VIDEO = "CONTENT_TYPE_VIDEO"
    OTHER = "CONTENT_TYPE_OTHER"


class DsaSynthetic(StrEnum):
    SYNTHETIC_MEDIA = "CONTENT_TYPE_SYNTHETIC_MEDIA"


def _dsa_category(age: AgeGroup) -> DsaCategory | None:
    return DsaCategory.PROTECTION_OF_MINORS if age in CHILDREN else None


def _dsa_keyword(age: AgeGroup, reality: Reality) -> DsaKeyword | None:
    if age not in CHILDREN:
        return None
    return DsaKeyword.DEEPFAKE if reality is Reality.GENERATED else DsaKeyword.MATERIAL


DSA = Scheme(
    code="dsa",
    name="DSA Transparency Database",
    source="schema of 1 July 2025",
    tables=(
        generate("category", DsaCategory, ("age",), _dsa_category),
        generate("category_specification", DsaKeyword, ("age", "reality"), _dsa_keyword),
        one_to_one(
            "content_type",
            DsaContentType,
            "media",
            {
                Media.IMAGE: DsaContentType.IMAGE,
                Media.VIDEO: DsaContentType.VIDEO,
                Media.AUDIO: DsaContentType.AUDIO,
                Media.TEXT: DsaContentType.TEXT,
                Media.LINK: DsaContentType.TEXT,
                Media.ARCHIVE: DsaContentType.OTHER,
                Media.PAGE: DsaContentType.OTHER,
                Media.OTHER: DsaContentType.OTHER,
            },
        ),
        one_to_one(
            "content_type (synthetic)",
            DsaSynthetic,
            "reality",
            {
                Reality.GENERATED: DsaSynthetic.SYNTHETIC_MEDIA,
                Reality.REAL: None,
                Reality.DRAWN: None,
                Reality.UNKNOWN: None,
            },
            by_item=True,
        ),
    ),
)


# --- NCMEC: CyberTipline Reporting API, fileDetails ---


class Industry(StrEnum):
    """Before puberty or in it (A, B); a sex act or lascivious exhibition (1, 2). Of June 2022."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"


class Annotation(Enum):
    """One annotation of a file; each field has its own table."""

    TRUE = "true"
    FALSE = "false"


def industry(age: AgeGroup, act: Act) -> Industry | None:
    """Return NCMEC's class of an age group and an act; None where it has none."""
    if age not in CHILDREN or act not in (*SEXUAL_ACTS, *_EXHIBITION):
        return None
    if age in _BEFORE_PUBERTY:
        return Industry.A1 if act in SEXUAL_ACTS else Industry.A2
    return Industry.B1 if act in SEXUAL_ACTS else Industry.B2


def _annotation(field: str, fact: str, *meaning: Enum) -> Table:
    return generate(
        field,
        Annotation,
        (fact,),
        lambda code: Annotation.TRUE if code in meaning else Annotation.FALSE,
    )


NCMEC = Scheme(
    code="ncmec",
    name="NCMEC CyberTipline",
    source="Reporting API; potentialMeme, viral, liveStreaming, violenceGore: nothing of ours",
    tables=(
        generate("industryClassification", Industry, ("age", "act"), industry),
        _annotation("animeDrawingVirtualHentai", "reality", Reality.DRAWN),
        _annotation("generativeAi", "reality", Reality.GENERATED),
        _annotation("possibleSelfProduction", "self_generated", Answer.YES),
        _annotation("infant", "age", AgeGroup.INFANT),
        _annotation("bestiality", "act", Act.ANIMAL),
        _annotation("physicalHarm", "act", Act.SADISM),
    ),
)


# --- XARF v4: types/content-csam, and the age of a victim in types/content-csem ---


class XarfClass(StrEnum):
    BASELINE = "baseline"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"


class XarfMedia(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    MIXED = "mixed"


class XarfAge(StrEnum):
    INFANT = "infant"
    TODDLER = "toddler"
    PREPUBESCENT = "prepubescent"
    PUBESCENT = "pubescent"
    UNKNOWN = "unknown"


def _xarf_class(age: AgeGroup, act: Act, reality: Reality) -> XarfClass | None:
    """The word that every country knows where it holds, else NCMEC's."""
    if baseline(Item(age=age, act=act, reality=reality)).answer is Answer.YES:
        return XarfClass.BASELINE
    found = industry(age, act)
    return XarfClass(found.value) if found else None


XARF = Scheme(
    code="xarf",
    name="XARF v4",
    source="schemas v4, content-csam and content-csem",
    tables=(
        generate("classification", XarfClass, ("age", "act", "reality"), _xarf_class),
        one_to_one(
            "media_type",
            XarfMedia,
            "media",
            {
                Media.IMAGE: XarfMedia.IMAGE,
                Media.VIDEO: XarfMedia.VIDEO,
                Media.AUDIO: XarfMedia.AUDIO,
                Media.TEXT: XarfMedia.TEXT,
                Media.LINK: XarfMedia.TEXT,
                Media.ARCHIVE: XarfMedia.MIXED,
                Media.PAGE: XarfMedia.MIXED,
                Media.OTHER: None,
            },
        ),
        one_to_one(
            "victim_age_range",
            XarfAge,
            "age",
            {
                AgeGroup.INFANT: XarfAge.INFANT,
                AgeGroup.PRE_PUBESCENT: XarfAge.PREPUBESCENT,
                AgeGroup.PUBESCENT: XarfAge.PUBESCENT,
                AgeGroup.ADULT_LOOKING: XarfAge.UNKNOWN,
                AgeGroup.UNKNOWN: XarfAge.UNKNOWN,
            },
        ),
    ),
)


# --- IWF: its annual reports ---


class IwfCategory(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class IwfAge(StrEnum):
    """Our groups are coarser: a child before puberty is in one of three of these bands."""

    UP_TO_2 = "0-2"
    FROM_3 = "3-6"
    FROM_7 = "7-10"
    FROM_11 = "11-13"
    FROM_14 = "14-15"
    FROM_16 = "16-17"


class IwfSex(StrEnum):
    BOYS = "boys"
    GIRLS = "girls"
    BOTH = "both"
    UNIDENTIFIED = "unidentified"


class IwfOrigin(StrEnum):
    SELF_GENERATED = "self-generated"


class IwfMade(StrEnum):
    AI_GENERATED = "AI-generated"


class IwfMoney(StrEnum):
    COMMERCIAL = "commercial"
    NON_COMMERCIAL = "non-commercial"


def _iwf_category(age: AgeGroup, act: Act) -> IwfCategory | None:
    if age not in CHILDREN or act in {Act.NONE, Act.UNKNOWN}:
        return None
    if act in {Act.SADISM, Act.ANIMAL, Act.PENETRATION}:
        return IwfCategory.A
    return IwfCategory.B if act is Act.CONTACT else IwfCategory.C


IWF = Scheme(
    code="iwf",
    name="IWF",
    source="annual reports; B and C and the bands above 2: to verify",
    tables=(
        generate("category", IwfCategory, ("age", "act"), _iwf_category),
        one_to_one(
            "age",
            IwfAge,
            "age",
            dict.fromkeys(AgeGroup) | {AgeGroup.INFANT: IwfAge.UP_TO_2},
        ),
        one_to_one(
            "sex",
            IwfSex,
            "sex",
            {
                Sex.FEMALE: IwfSex.GIRLS,
                Sex.MALE: IwfSex.BOYS,
                Sex.BOTH: IwfSex.BOTH,
                Sex.UNKNOWN: IwfSex.UNIDENTIFIED,
            },
        ),
        one_to_one(
            "self-generated",
            IwfOrigin,
            "self_generated",
            {Answer.YES: IwfOrigin.SELF_GENERATED, Answer.NO: None, Answer.UNKNOWN: None},
            by_item=True,
        ),
        one_to_one(
            "AI-generated",
            IwfMade,
            "reality",
            dict.fromkeys(Reality) | {Reality.GENERATED: IwfMade.AI_GENERATED},
            by_item=True,
        ),
        one_to_one(
            "commerciality",
            IwfMoney,
            "commerciality",
            {
                Commerciality.COMMERCIAL: IwfMoney.COMMERCIAL,
                Commerciality.FREE: IwfMoney.NON_COMMERCIAL,
                Commerciality.UNKNOWN: None,
            },
        ),
    ),
)

"""NCMEC's two documents, `report` and `fileDetails`, as the Reporting API describes them.

https://report.cybertip.org/ispws/documentation. Elements are in the order in which they must come.
The XML Schema that the service itself publishes decides.
"""

from balise.takedown.onward.cybertips.rules.shapes import (
    BOOLEAN,
    DAY,
    FLAG,
    MOMENT,
    TEXT,
    Attribute,
    Element,
    Shape,
    among,
    decimal,
    many,
    matching,
    maybe,
    one,
    whole,
    words,
)

INCIDENT_TYPES = (
    "Child Pornography (possession, manufacture, and distribution)",
    "Child Sex Trafficking",
    "Child Sex Tourism",
    "Child Sexual Molestation",
    "Misleading Domain Name",
    "Misleading Words or Digital Images on the Internet",
    "Online Enticement of Children for Sexual Acts",
    "Unsolicited Obscene Material Sent to a Child",
)
REPORT_ANNOTATIONS = (
    "sextortion",
    "csamSolicitation",
    "minorToMinorInteraction",
    "spam",
    "sadisticOnlineExploitation",
    "informational",
)
FILE_ANNOTATIONS = (
    "animeDrawingVirtualHentai",
    "potentialMeme",
    "viral",
    "possibleSelfProduction",
    "physicalHarm",
    "violenceGore",
    "bestiality",
    "liveStreaming",
    "infant",
    "generativeAi",
)
REPORTED, SUPPLEMENTAL = "Reported", "Supplemental Reported"

_COUNTRY = matching("[A-Z]{2}")
_VERIFIED = (Attribute("verified", BOOLEAN), Attribute("verificationDate", MOMENT))
_EVENT = among("Login", "Registration", "Purchase", "Upload", "Other", "Unknown")
_ADDRESS_WHERE = Attribute("type", among("Home", "Business", "Billing", "Shipping", "Technical"))

_ADDRESS = Shape(
    (
        maybe("address", words(255)),
        maybe("city", words(100)),
        maybe("zipCode", words(20)),
        maybe("state", matching("[A-Z]{2}")),
        maybe("nonUsaState", words(100)),
        maybe("country", _COUNTRY),
    ),
    attributes=(_ADDRESS_WHERE,),
)
_PHONE = Shape(
    text=words(50),
    attributes=(
        Attribute(
            "type", among("Mobile", "Home", "Business", "Work", "Fax", "Internet", "Recovery")
        ),
        *_VERIFIED,
        Attribute("countryCallingCode", matching(r"\+[0-9]{1,3}")),
        Attribute("extension", matching("[0-9]+", longest=10)),
    ),
)
_EMAIL = Shape(
    text=words(255),
    attributes=(Attribute("type", among("Home", "Work", "Business", "Recovery")), *_VERIFIED),
)
_CONTACTS = (
    maybe("firstName", words(100)),
    maybe("lastName", words(100)),
    many("phone", _PHONE),
    many("email", _EMAIL),
    many("address", _ADDRESS),
)
_CONTACT = Shape(_CONTACTS)
_PERSON = Shape(
    (
        *_CONTACTS,
        maybe("age", whole(0, 150)),
        maybe("ageAssertionDiscrepancy", BOOLEAN),
        maybe("dateOfBirth", DAY),
    )
)
_IP_CAPTURE = Shape(
    (
        one("ipAddress"),
        maybe("eventName", _EVENT),
        maybe("dateTime", MOMENT),
        maybe("possibleProxy", BOOLEAN),
        maybe("port", whole(1, 65_535)),
    )
)
_DEVICE = Shape(
    (
        one("idType", words(255)),
        one("idValue", words(2083)),
        maybe("eventName", _EVENT),
        maybe("dateTime", MOMENT),
    )
)
_LOCATION = Shape(
    (maybe("city", words(255)), maybe("region", words(255)), maybe("countryCode", _COUNTRY)),
    attributes=(Attribute("verified", BOOLEAN), Attribute("timestamp", MOMENT)),
)
_ASSOCIATED_ACCOUNT = Shape(
    (
        maybe("platform", words(256)),
        maybe("firstName", words(256)),
        maybe("middleName", words(256)),
        maybe("lastName", words(256)),
        maybe("approximateAge", whole(0, 150)),
        maybe("ageAssertionDiscrepancy", BOOLEAN),
        many("phone", _PHONE),
        many("email", _EMAIL),
        maybe("allEmailsReported", BOOLEAN),
        many("address", _ADDRESS),
        maybe("espService", words(256)),
        maybe("espIdentifier", words(256)),
        many("profileUrl"),
        maybe("screenName", words(256)),
        many("displayName"),
        maybe("profileBio"),
        maybe("groupIdentifier", words(256)),
        many("ipCaptureEvent", _IP_CAPTURE),
        many("deviceId", _DEVICE),
        maybe("additionalInfo"),
    ),
    attributes=(
        Attribute(
            "accountType",
            among("Billing", "Linked", "Business", "Creator", "Parent/Guardian", "Other"),
        ),
        Attribute("thirdPartyUser", BOOLEAN),
    ),
)
_ACCOUNT = (
    maybe("espIdentifier", words(255)),
    maybe("espService", words(100)),
    maybe("compromisedAccount", BOOLEAN),
    maybe("screenName", words(256)),
    many("displayName"),
    many("profileUrl"),
    maybe("profileBio"),
    many("ipCaptureEvent", _IP_CAPTURE),
    many("deviceId", _DEVICE),
)
_PRIOR = many("priorCTReports", whole(1))
_GROUP = maybe("groupIdentifier", words(255))
_PLACED = (
    maybe("estimatedLocation", _LOCATION),
    maybe("allEmailsReported", BOOLEAN),
)
_ACCOUNTS = many("associatedAccount", _ASSOCIATED_ACCOUNT)
_MORE = maybe("additionalInfo")

_INTERNET_DETAILS = Shape(
    (
        one(
            "webPageIncident",
            Shape(
                (many("url"), _MORE), attributes=(Attribute("thirdPartyHostedContent", BOOLEAN),)
            ),
        ),
        one("emailIncident", Shape((many("emailAddress", _EMAIL), maybe("content"), _MORE))),
        one(
            "newsgroupIncident",
            Shape(
                (
                    maybe("name", words(255)),
                    many("emailAddress", _EMAIL),
                    maybe("content"),
                    _MORE,
                )
            ),
        ),
        one(
            "chatImIncident",
            Shape(
                (
                    maybe("chatClient", words(255)),
                    maybe("chatRoomName", words(255)),
                    maybe("content"),
                    _MORE,
                )
            ),
        ),
        one(
            "onlineGamingIncident",
            Shape(
                (
                    maybe("gameName", words(255)),
                    maybe("console", words(255)),
                    maybe("content"),
                    _MORE,
                )
            ),
        ),
        one(
            "cellPhoneIncident",
            Shape(
                (
                    maybe("phoneNumber", _PHONE),
                    maybe("latitude", decimal(-90, 90)),
                    maybe("longitude", decimal(-180, 180)),
                    _MORE,
                )
            ),
        ),
        one(
            "nonInternetIncident",
            Shape((maybe("locationName", words(255)), many("incidentAddress", _ADDRESS), _MORE)),
        ),
        one(
            "peer2peerIncident",
            Shape(
                (
                    maybe("client", words(255)),
                    many("ipCaptureEvent", _IP_CAPTURE),
                    maybe("fileNames"),
                    _MORE,
                )
            ),
        ),
    ),
    choice=True,
)
_INCIDENT_SUMMARY = Shape(
    (
        one("incidentType", among(*INCIDENT_TYPES)),
        maybe("platform", words(256)),
        maybe("escalateToHighPriority", words(3000)),
        maybe("reportAnnotations", Shape(tuple(maybe(name, FLAG) for name in REPORT_ANNOTATIONS))),
        one("incidentDateTime", MOMENT),
        maybe("incidentDateTimeDescription", words(3000)),
    )
)
_LAW_ENFORCEMENT = Shape(
    (
        one("agencyName", words(255)),
        maybe("caseNumber", words(100)),
        maybe("officerContact", _CONTACT),
        maybe("reportedToLe", BOOLEAN),
        maybe("servedLegalProcessDomestic", BOOLEAN),
        maybe("servedLegalProcessInternational", BOOLEAN),
    ),
    attributes=(Attribute("fleaCountry", _COUNTRY),),
)
_REPORTER = Shape(
    (
        one("reportingPerson", _PERSON),
        maybe("contactPerson", _CONTACT),
        maybe("companyTemplate"),
        maybe("termsOfService"),
        maybe("legalURL", words(2083)),
    )
)
_REPORTED_USER = Shape(
    (
        maybe("personOrUserReportedPerson", _PERSON),
        maybe("vehicleDescription", words(300)),
        *_ACCOUNT,
        maybe("thirdPartyUserReported", BOOLEAN),
        _PRIOR,
        _GROUP,
        *_PLACED,
        _ACCOUNTS,
        _MORE,
    )
)
_RECIPIENT = Shape(
    (maybe("intendedRecipientPerson", _PERSON), *_ACCOUNT, _PRIOR, _GROUP, *_PLACED, _MORE)
)
_VICTIM = Shape(
    (
        one("victimPerson", _PERSON),
        *_ACCOUNT,
        maybe("schoolName", words(255)),
        _PRIOR,
        *_PLACED,
        _ACCOUNTS,
        _MORE,
    )
)

REPORT = Element(
    "report",
    Shape(
        (
            maybe(
                "batchedReport",
                Shape(
                    attributes=(Attribute("reason", among("VIRAL_POTENTIAL_MEME"), is_needed=True),)
                ),
            ),
            one("incidentSummary", _INCIDENT_SUMMARY),
            many("internetDetails", _INTERNET_DETAILS),
            maybe("lawEnforcement", _LAW_ENFORCEMENT),
            one("reporter", _REPORTER),
            maybe("personOrUserReported", _REPORTED_USER),
            many("intendedRecipient", _RECIPIENT),
            many("victim", _VICTIM),
            _MORE,
        )
    ),
)
FILE_DETAILS = Element(
    "fileDetails",
    Shape(
        (
            one("reportId", whole(1)),
            one("fileId", matching("[0-9a-f]{32}")),
            maybe("originalFileName", words(2056)),
            maybe("uploadedToEspTimestamp", MOMENT),
            maybe("locationOfFile", words(2083)),
            maybe("fileViewedByEsp", BOOLEAN),
            maybe("exifViewedByEsp", BOOLEAN),
            maybe("publiclyAvailable", BOOLEAN),
            maybe("fileRelevance", among(REPORTED, SUPPLEMENTAL)),
            maybe("fileAnnotations", Shape(tuple(maybe(name, FLAG) for name in FILE_ANNOTATIONS))),
            maybe("industryClassification", among("A1", "A2", "B1", "B2")),
            many(
                "originalFileHash",
                Shape(text=TEXT, attributes=(Attribute("hashType", words(64), is_needed=True),)),
            ),
            maybe("ipCaptureEvent", _IP_CAPTURE),
            many("deviceId", _DEVICE),
            many(
                "details",
                Shape(
                    (
                        many(
                            "nameValuePair",
                            Shape(
                                (one("name", words(64)), one("value")),
                                attributes=(Attribute("type", among("EXIF", "HASH")),),
                            ),
                            least=1,
                        ),
                    )
                ),
            ),
            many("additionalInfo"),
        )
    ),
)
DOCUMENTS = {document.name: document for document in (REPORT, FILE_DETAILS)}

"""A CyberTip with everything that one can hold: invented, mild, of example domains alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from balise.takedown.law.rules import offence_on
from balise.takedown.onward.cybertips.rules.schema import (
    FILE_ANNOTATIONS,
    FILE_DETAILS,
    REPORT,
    REPORT_ANNOTATIONS,
)
from balise.takedown.onward.cybertips.rules.tips import Known, report_of, written
from balise.takedown.onward.dossiers.rules.facts import DossierFacts
from balise.takedown.onward.dossiers.tests.makers import MOMENT, make_full_facts


class Centre:
    """Who reports."""

    organisation = "Centre d'exemple"
    notice_email = "notifications@centre.example"
    postal_address = "1, rue de l'Exemple, 75000 Paris"


_ADDRESS: dict[str, Any] = {
    "@type": "Home",
    "address": "1, rue de l'Exemple",
    "city": "Ville",
    "zipCode": "00000",
    "state": "VA",
    "nonUsaState": "Région",
    "country": "FR",
}
_PHONE: dict[str, Any] = {
    "@type": "Mobile",
    "@verified": True,
    "@verificationDate": MOMENT,
    "@countryCallingCode": "+33",
    "@extension": "12",
    "#": "100000000",
}
_EMAIL: dict[str, Any] = {
    "@type": "Home",
    "@verified": False,
    "@verificationDate": MOMENT,
    "#": "a@courriel.example",
}
_CONTACT: dict[str, Any] = {
    "firstName": "Prénom",
    "lastName": "Nom",
    "phone": [_PHONE],
    "email": [_EMAIL],
    "address": [_ADDRESS],
}
_PERSON: dict[str, Any] = {
    **_CONTACT,
    "age": 40,
    "ageAssertionDiscrepancy": False,
    "dateOfBirth": MOMENT.date(),
}
_CAPTURE: dict[str, Any] = {
    "ipAddress": "192.0.2.9",
    "eventName": "Upload",
    "dateTime": MOMENT,
    "possibleProxy": False,
    "port": 443,
}
_DEVICE: dict[str, Any] = {
    "idType": "IMEI",
    "idValue": "0",
    "eventName": "Login",
    "dateTime": MOMENT,
}
_LOCATION: dict[str, Any] = {
    "@verified": True,
    "@timestamp": MOMENT,
    "city": "Ville",
    "region": "Région",
    "countryCode": "FR",
}
_ACCOUNT: dict[str, Any] = {
    "espIdentifier": "1",
    "espService": "images.example",
    "compromisedAccount": False,
    "screenName": "exemple",
    "displayName": ["Exemple"],
    "profileUrl": ["https://images.example/u/1"],
    "profileBio": "Un compte d'exemple.",
    "ipCaptureEvent": [_CAPTURE],
    "deviceId": [_DEVICE],
    "priorCTReports": [1],
    "estimatedLocation": _LOCATION,
    "allEmailsReported": True,
    "additionalInfo": "Rien de plus.",
}
_ASSOCIATED: dict[str, Any] = {
    "@accountType": "Linked",
    "@thirdPartyUser": False,
    "platform": "forum.example",
    "firstName": "Prénom",
    "middleName": "Second",
    "lastName": "Nom",
    "approximateAge": 30,
    "ageAssertionDiscrepancy": False,
    "phone": [_PHONE],
    "email": [_EMAIL],
    "allEmailsReported": False,
    "address": [_ADDRESS],
    "espService": "forum.example",
    "espIdentifier": "2",
    "profileUrl": ["https://forum.example/u/2"],
    "screenName": "autre",
    "displayName": ["Autre"],
    "profileBio": "Un autre compte.",
    "groupIdentifier": "groupe",
    "ipCaptureEvent": [_CAPTURE],
    "deviceId": [_DEVICE],
    "additionalInfo": "Rien de plus.",
}
MORE: Known = {
    "batchedReport": {"@reason": "VIRAL_POTENTIAL_MEME"},
    "incidentSummary": {"reportAnnotations": dict.fromkeys(REPORT_ANNOTATIONS, True)},
    "internetDetails": [
        {"emailIncident": {"emailAddress": [_EMAIL], "content": "…", "additionalInfo": "…"}},
        {
            "newsgroupIncident": {
                "name": "exemple",
                "emailAddress": [_EMAIL],
                "content": "…",
                "additionalInfo": "…",
            }
        },
        {
            "chatImIncident": {
                "chatClient": "Messagerie",
                "chatRoomName": "Salon",
                "content": "…",
                "additionalInfo": "…",
            }
        },
        {
            "onlineGamingIncident": {
                "gameName": "Jeu",
                "console": "Console",
                "content": "…",
                "additionalInfo": "…",
            }
        },
        {
            "cellPhoneIncident": {
                "phoneNumber": _PHONE,
                "latitude": 48.5,
                "longitude": -2,
                "additionalInfo": "…",
            }
        },
        {
            "nonInternetIncident": {
                "locationName": "Lieu",
                "incidentAddress": [_ADDRESS],
                "additionalInfo": "…",
            }
        },
        {
            "peer2peerIncident": {
                "client": "Logiciel",
                "ipCaptureEvent": [_CAPTURE],
                "fileNames": "1.jpg",
                "additionalInfo": "…",
            }
        },
    ],
    "lawEnforcement": {
        "officerContact": _CONTACT,
        "servedLegalProcessDomestic": False,
        "servedLegalProcessInternational": False,
    },
    "reporter": {
        "reportingPerson": _PERSON,
        "contactPerson": _CONTACT,
        "termsOfService": "…",
        "legalURL": "https://centre.example/legal/",
    },
    "personOrUserReported": {
        **_ACCOUNT,
        "personOrUserReportedPerson": _PERSON,
        "vehicleDescription": "Une voiture bleue.",
        "thirdPartyUserReported": False,
        "groupIdentifier": "groupe",
        "associatedAccount": [_ASSOCIATED],
    },
    "intendedRecipient": [
        {**_ACCOUNT, "intendedRecipientPerson": _PERSON, "groupIdentifier": "groupe"}
    ],
    "victim": [
        {
            **_ACCOUNT,
            "victimPerson": {**_PERSON, "age": 12},
            "schoolName": "École d'exemple",
            "associatedAccount": [_ASSOCIATED],
        }
    ],
}
FILE: dict[str, Any] = {
    "reportId": 12,
    "fileId": UUID(int=7).hex,
    "originalFileName": "1.jpg",
    "locationOfFile": "https://images.example/1.jpg",
    "fileViewedByEsp": True,
    "publiclyAvailable": True,
    "fileRelevance": "Reported",
    "industryClassification": "A2",
    "originalFileHash": [{"@hashType": "SHA256", "#": "ab" * 32}],
    "additionalInfo": ["…"],
    "uploadedToEspTimestamp": MOMENT,
    "exifViewedByEsp": False,
    "fileAnnotations": dict.fromkeys(FILE_ANNOTATIONS, True),
    "ipCaptureEvent": _CAPTURE,
    "deviceId": [_DEVICE],
    "details": [{"nameValuePair": [{"@type": "EXIF", "name": "Model", "value": "…"}]}],
}


def make_report(
    facts: DossierFacts | None = None, *, more: Known | None = None, **already: Any
) -> bytes:
    """Return the document `report` of a dossier with everything, and more in the same shape."""
    told = facts or make_full_facts()
    known = report_of(
        told,
        offence=offence_on(told.offence, on=told.facts_on, country="fr"),
        centre=Centre(),
        country="fr",
        **already,
    )
    return written(REPORT, merged(known, more or {}))


def merged(known: Known, more: Known) -> Known:
    """Return what is known with more: mappings are merged, lists are joined, the rest replaced."""
    found: dict[str, Any] = dict(known)
    for name, value in more.items():
        before = found.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            found[name] = merged(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            found[name] = [*before, *value]
        else:
            found[name] = value
    return found


def make_full_report() -> bytes:
    """Return a report in which every element and attribute of the schema occurs."""
    return make_report(agency="PHAROS", case_number="P-2026-1", more=MORE)


def make_file(**other: Any) -> bytes:
    """Return file details in which every element and attribute occurs; None leaves one out."""
    return written(FILE_DETAILS, FILE | other)

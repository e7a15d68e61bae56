"""What the double accepts: the observed fields and lists, written down a second time on purpose.

Nothing here is taken from the connector: a field that it swaps must not be swapped here as well.
"""

from typing import Any


class Faulty(ValueError):
    """A field is not as it was observed."""


AGES = {1: "Not categorised", 2: "Infant", 3: "Pre-pubescent", 4: "Pubescent"}
GENDERS = {1: "Not Determined", 2: "Female", 3: "Male", 4: "Both"}
CLASSIFICATIONS = {1: "Baseline CSAM", 2: "National CSAM", 4: "Ignore"}
COMMERCIALITIES = {1: "Not Determined", 2: "Commercial", 3: "Non-Commercial"}
ACTIONS = {
    0: "Moved",
    1: "ReportedToLEA",
    2: "ReportedToISP",
    3: "Removed",
    4: "Unavailable",
    6: "NotIllegal",
}
SITES = {
    1: "Not Determined",
    2: "Website",
    3: "File host",
    4: "Image store",
    5: "Image board",
    6: "Forum",
    7: "Banner site",
    8: "Link site",
    9: "Social Networking",
    10: "Redirector",
    11: "Web archive",
    18: "Search provider",
    20: "Image host",
    22: "Blog",
    23: "webpage",
    24: "Not Applicable",
}
PAYMENTS = {
    1: "Not Determined",
    2: "AMEX",
    3: "Diners",
    4: "Mastercard",
    5: "Paypal",
    6: "Visa",
    7: "Western Union",
    8: "Other",
    9: "None",
    10: "SMS",
    11: "EMAIL",
    12: "Liberty Reserve",
    13: "Bitcoin",
}
YES_NO = {0: "No", 1: "Yes"}
REASONS = range(1, 22)
CONTENT_TYPES = {1: "media", 2: "website"}


def _listed(values: dict[int, str]) -> list[dict[str, object]]:
    return [{"id": number, "name": name} for number, name in values.items()]


LOOK_UPS: dict[str, list[dict[str, object]]] = {
    "age-categories": _listed(AGES),
    "gender-categories": _listed(GENDERS),
    "classifications": _listed(CLASSIFICATIONS),
    "commercialities": _listed(COMMERCIALITIES),
    "site-types": _listed(SITES),
    "payment-methods": _listed(PAYMENTS),
    "action-types": _listed(ACTIONS),
    "countries": [{"id": 1, "name": "France", "code": "FR"}],
    "hotlines": [{"id": 1, "name": "Hotline FR"}],
    "analysts": [{"id": 1, "name": "analyst"}],
}

_ASSESSMENT = {
    "assessingAnalystName": str,
    "classification": CLASSIFICATIONS,
    "ageCategorization": AGES,
    "genderCategorization": GENDERS,
    "virtualContentCategorization": YES_NO,
    "userGeneratedContentCategorization": YES_NO,
    "childModelingCategorization": YES_NO,
}
_ORGANISATION = {
    "organizationName": str,
    "autonomousSystemNumber": int,
    "isContentDeliveryNetwork": bool,
}
_URL = {
    "urlString": str,
    "hotlineReference": str,
    "hostingCountryCode": str,
    "hostingIpAddress": str,
    "hostingIsp": str,
    "hostingOrganization": dict,
    "isSourceUrl": bool,
    "memo": str,
    "contentType": CONTENT_TYPES,
    "assessment": dict,
    "actions": list,
}
_REPORT = {
    "reportingAnalystName": str,
    "hotlineReceivedDate": str,
    "hotlineReference": str,
    "memo": str,
    "sourceUrlUsername": str,
    "sourceUrlPassword": str,
    "sourceUrlReferrer": str,
    "sourceUrlSiteType": SITES,
    "sourceUrlCommerciality": COMMERCIALITIES,
    "sourceUrlPaymentMethods": list,
    "urls": list,
}
_ACTION = {
    "actionType": ACTIONS,
    "actionDate": str,
    "actionReason": object,
    "analystName": str,
}


def check_report(body: Any) -> None:
    """Refuse a report with a field that is missing, strange, of another type or out of its list."""
    _check(body, _REPORT, "report")
    _check_moment(body["hotlineReceivedDate"], "hotlineReceivedDate")
    if not body["hotlineReference"]:
        raise Faulty("hotlineReference")
    for method in body["sourceUrlPaymentMethods"]:
        if method not in PAYMENTS:
            raise Faulty("sourceUrlPaymentMethods")
    if not body["urls"]:
        raise Faulty("urls")
    for url in body["urls"]:
        _check(url, _URL, "url")
        _check(url["hostingOrganization"], _ORGANISATION, "hostingOrganization")
        check_assessment(url["assessment"])
        code = url["hostingCountryCode"]
        if len(code) != 2 or not code.isupper():
            raise Faulty("hostingCountryCode")
        for action in url["actions"]:
            check_action(action)


def check_assessment(body: Any) -> None:
    """Refuse an assessment that is not as observed."""
    _check(body, _ASSESSMENT, "assessment")


def check_action(body: Any) -> None:
    """Refuse an action that is not as supposed."""
    _check(body, _ACTION, "action")
    _check_moment(body["actionDate"], "actionDate")
    if body["actionReason"] is not None and body["actionReason"] not in REASONS:
        raise Faulty("actionReason")


def _check(body: Any, shape: dict[str, Any], what: str) -> None:
    if not isinstance(body, dict) or body.keys() != shape.keys():
        raise Faulty(f"{what}: the fields")
    for name, expected in shape.items():
        value = body[name]
        if isinstance(expected, dict):
            if type(value) is not int or value not in expected:
                raise Faulty(name)
        elif expected is not object and type(value) is not expected:
            raise Faulty(name)


def _check_moment(text: str, name: str) -> None:
    if len(text) != len("2026-11-24T12:00:00Z") or not text.endswith("Z"):
        raise Faulty(name)

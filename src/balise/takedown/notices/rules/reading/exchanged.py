"""Read a notice in a format that machines exchange: XARF v4, Cloudflare's abuse reports."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from balise.takedown.notices.rules.completeness import Stated, Statement, is_email
from balise.takedown.notices.rules.reading.lexicon import is_against_children, statement_in
from balise.takedown.notices.rules.reading.structured import is_name, read_object

_CLOUDFLARE = frozenset(
    {
        "host_notification",
        "owner_notification",
        "ncmec_notification",
        "ncsei_subject_representation",
        "email2",
    }
)
_XARF_OFFENCES = frozenset({"csam", "csem"})
_FAITH_TAGS = ("good-faith", "good_faith", "bona-fide", "bona_fide")


def is_xarf(notice: Mapping[str, Any]) -> bool:
    """Return whether an object says that it is XARF."""
    return "xarf_version" in notice


def is_cloudflare(notice: Mapping[str, Any]) -> bool:
    """Return whether an object is a report to Cloudflare."""
    act = notice.get("act")
    return bool(_CLOUDFLARE & notice.keys()) or (isinstance(act, str) and act.startswith("abuse_"))


def read_xarf(report: Mapping[str, Any]) -> Stated:
    """Return what an XARF report states. It has no field of its own for good faith: words do."""
    evidence = [each for each in _list(report.get("evidence")) if isinstance(each, Mapping)]
    texts = [_text(report.get("description"))]
    texts += [_text(each.get("description")) for each in evidence]
    people = [each for each in (report.get("reporter"), report.get("sender")) if each]
    said = [statement_in(text) for text in texts]
    tags = [_text(tag).lower() for tag in _list(report.get("tags"))]
    if any(word in tag for tag in tags for word in _FAITH_TAGS):
        said.append(Statement.GOOD_FAITH)
    said.append(read_object({**report, "evidence": []}, omittable=frozenset()).statement)
    url = _text(report.get("url"))
    return Stated(
        explanation=max(texts, key=len),
        locations=tuple(filter(None, [url or _address(report.get("source_identifier"))])),
        name=next((each for each in _each(people, "org", "name") if is_name(each)), ""),
        email=next((each for each in _each(people, "contact", "email") if is_email(each)), ""),
        statement=_best(said),
        may_omit_notifier=_text(report.get("type")) in _XARF_OFFENCES,
    )


def read_cloudflare(report: Mapping[str, Any]) -> Stated:
    """Return what a report to Cloudflare states; its `urls` are lines of one text."""
    stated = read_object(report, omittable=frozenset())
    urls = report.get("urls")
    lines = _text(urls).split() if isinstance(urls, str) else [_text(each) for each in _list(urls)]
    act = _text(report.get("act"))
    texts = [_text(report.get("justification")), _text(report.get("comments"))]
    return replace(
        stated,
        explanation=max(texts, key=len),
        locations=tuple(filter(None, (line.strip(",;") for line in lines))),
        name=stated.name or _text(report.get("company")),
        may_omit_notifier=act == "abuse_children"
        or (act in {"", "abuse_general"} and any(map(is_against_children, texts))),
    )


def _best(said: list[Statement]) -> Statement:
    for each in (Statement.GOOD_FAITH, Statement.ACCURACY):
        if each in said:
            return each
    return Statement.NONE


def _each(people: list[Any], *names: str) -> list[str]:
    return [
        _text(one.get(name)).strip()
        for one in people
        if isinstance(one, Mapping)
        for name in names
        if name in one
    ]


def _address(value: Any) -> str:
    text = _text(value)
    return text if "://" in text else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

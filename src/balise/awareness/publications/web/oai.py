"""The catalogue for harvesters, by OAI-PMH 2.0: one address, six verbs, GET and POST."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balise.awareness.publications.queries import oai as queries
from balise.awareness.publications.rules import oai as rules
from balise.awareness.publications.rules.metadata import Described, as_dc, as_lom, as_lomfr
from balise.awareness.publications.rules.metadata.writing import (
    DC_SCHEMA,
    LOM,
    LOM_SCHEMA,
    LOMFR_SCHEMA,
    OAI_DC,
    XSI,
    legal,
)
from balise.awareness.publications.rules.oai import Asked, BadRequest, Fault, Header, Verb
from balise.awareness.publications.rules.taxonomy import Facet, taxonomy
from balise.foundation import clock
from balise.foundation.url import split_url
from balise.foundation.web.doors import Request, public

OAI: Final = "http://www.openarchives.org/OAI/2.0/"
_SCHEMA: Final = f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_SALT: Final = "balise.awareness.oai"
type _Writes = Callable[[Described, Mapping[str, Facet]], Element]
FORMATS: Final[Mapping[str, tuple[str, str, _Writes]]] = {
    "oai_dc": (OAI_DC, DC_SCHEMA, as_dc),
    "lom": (LOM, LOM_SCHEMA, as_lom),
    "lomfr": (LOM, LOMFR_SCHEMA, as_lomfr),
}

register_namespace("", OAI)


@csrf_exempt  # a machine asks; nothing is changed
@public
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: Request) -> HttpResponse:
    """Answer a harvester in XML; an error of the protocol is an answer too."""
    given = dict((request.POST if request.method == "POST" else request.GET).lists())
    root = Element(_tag("OAI-PMH"), {f"{{{XSI}}}schemaLocation": _SCHEMA})
    _add(root, "responseDate", rules.stamp(clock.now()))
    said = _add(root, "request", settings.PUBLIC_ADDRESS + reverse("oai"))
    try:
        asked = rules.asked(given, prefixes=FORMATS, opened=_opened)
        root.extend(_ANSWERS[asked.verb](asked))
    except BadRequest as refusal:
        _add(root, "error", refusal.message, code=refusal.fault)
        given = {} if refusal.fault in {Fault.VERB, Fault.ARGUMENT} else given
    for name, values in given.items():
        said.set(name, legal(values[0]))
    written = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(written, content_type="text/xml; charset=utf-8")


def _identify(_asked: Asked) -> Sequence[Element]:
    found = Element(_tag(Verb.IDENTIFY))
    _add(found, "repositoryName", str(settings.CENTRE.name))
    _add(found, "baseURL", settings.PUBLIC_ADDRESS + reverse("oai"))
    _add(found, "protocolVersion", "2.0")
    _add(found, "adminEmail", settings.CENTRE.notice_email)
    _add(found, "earliestDatestamp", rules.stamp(queries.earliest() or clock.now()))
    _add(found, "deletedRecord", "persistent")
    _add(found, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    return [found]


def _formats(asked: Asked) -> Sequence[Element]:
    if asked.identifier:
        queries.header(*rules.named(asked.identifier, host=_host()))
    found = Element(_tag(Verb.FORMATS))
    for prefix, (space, schema, _writes) in FORMATS.items():
        one = _add(found, "metadataFormat")
        _add(one, "metadataPrefix", prefix)
        _add(one, "schema", schema)
        _add(one, "metadataNamespace", space)
    return [found]


def _sets(_asked: Asked) -> Sequence[Element]:
    found = Element(_tag(Verb.SETS))
    for code, name in rules.all_sets(taxonomy(settings.COUNTRY)).items():
        one = _add(found, "set")
        _add(one, "setSpec", code)
        _add(one, "setName", name)
    return [found]


def _list(asked: Asked) -> Sequence[Element]:
    listed, has_more = queries.headers(asked)
    if not listed and asked.after is None:
        raise BadRequest(Fault.NOTHING, "No record is as asked.")
    found = Element(_tag(asked.verb))
    found.extend(_records(listed, asked) if asked.verb is Verb.RECORDS else map(_header, listed))
    if has_more:
        token = signing.dumps(rules.held(asked, listed[-1].mark), salt=_SALT, compress=True)
        _add(found, "resumptionToken", token)
    elif asked.after is not None:
        _add(found, "resumptionToken")  # empty at the end of a list that was resumed
    return [found]


def _record(asked: Asked) -> Sequence[Element]:
    header = queries.header(*rules.named(asked.identifier, host=_host()))
    found = Element(_tag(asked.verb))
    found.extend(_records([header], asked))
    return [found]


_ANSWERS: Final[Mapping[Verb, Callable[[Asked], Sequence[Element]]]] = {
    Verb.IDENTIFY: _identify,
    Verb.FORMATS: _formats,
    Verb.SETS: _sets,
    Verb.IDENTIFIERS: _list,
    Verb.RECORDS: _list,
    Verb.RECORD: _record,
}


def _records(listed: Sequence[Header], asked: Asked) -> Sequence[Element]:
    facets, pages = taxonomy(settings.COUNTRY), queries.described_all(listed)
    _space, _schema, writes = FORMATS[asked.prefix]
    found = []
    for header in listed:
        page = pages.get(header.page) if header.page else None
        record = Element(_tag("record"))
        if header.page is None or page is not None:  # the rest has gone since: it comes later
            record.append(_header(header))
            if page is not None:
                _add(record, "metadata").append(writes(page, facets))
            found.append(record)
    return found


def _header(header: Header) -> Element:
    gone = {} if header.page else {"status": "deleted"}
    found = Element(_tag("header"), gone)
    mark = header.mark
    _add(found, "identifier", rules.identifier(_host(), mark.key, mark.language))
    _add(found, "datestamp", rules.stamp(mark.at))
    for one in header.sets:
        _add(found, "setSpec", one)
    return found


def _opened(token: str) -> Mapping[str, Any] | None:
    try:
        return dict(signing.loads(token, salt=_SALT))
    except signing.BadSignature:
        return None


def _host() -> str:
    return split_url(settings.PUBLIC_ADDRESS).hostname or ""


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, _tag(name), attributes)
    element.text = legal(text) or None
    return element


def _tag(name: str) -> str:
    return f"{{{OAI}}}{name}"

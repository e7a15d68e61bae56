"""What strangers and editors wrote is parsed in a child with limits, not in a door's process.

A door is what answers a request: `web`, `streams`, and the actions they call. Followed is what
these reach by name (`reaching.py`); work that is given to a child is not reached. What a door's
process does parse is named below with the reason.
"""

from collections.abc import Iterator
from typing import Final

from tests.architecture.reaching import Place, defined, steps, told, ways
from tests.architecture.reading import SOURCE, sources

DOORS: Final = frozenset({"web", "streams", "actions"})
_XML: Final = ("parse", "iterparse", "fromstring", "XML")
PARSERS: Final = frozenset(
    {
        *(("csv", name) for name in ("reader", "DictReader")),
        *(("tomllib", name) for name in ("load", "loads")),
        *(("zipfile", name) for name in ("ZipFile", "is_zipfile")),
        *(("tarfile", name) for name in ("open", "TarFile")),
        *(("gzip", name) for name in ("decompress", "open", "GzipFile")),
        *(("email", name) for name in ("message_from_bytes", "message_from_string")),
        *(("email.parser", name) for name in ("BytesParser", "Parser", "BytesFeedParser")),
        *(("lxml.etree", name) for name in _XML),
        *((f"{of}.etree.ElementTree", name) for of in ("xml", "defusedxml") for name in _XML),
        *(("balise.foundation.sheets", name) for name in ("of_csv", "of_workbook")),
        ("balise.foundation.strict_json", "loads"),  # what is a stranger's goes through it
        ("balise.foundation.strict_toml", "loads"),
        ("balise.foundation.strict_xml", "read"),
        ("defusedxml.expatreader", "create_parser"),
        ("docx", "Document"),
        ("icalendar", "Calendar"),
        ("openpyxl", "load_workbook"),
        ("PIL", "Image"),
        ("pypdf", "PdfReader"),
    }
)

# JSON is parsed in time and memory that its length bounds; each looks at the length first.
SHORT: Final = {
    "awareness.activities.charter.rules.files.read": "40 kB",
    "foundation.web.csp_reports.violations": "the length of a report of a browser",
    "helpline.channels.web.api._from_meta": "a signed message, of the length of a request",
    "helpline.channels.web.api.messages": "a partner’s message, of the length of a request",
    "helpline.telephony.web.api._read": "the exchange’s event, of the length of a request",
    "helpline.vault.rules.items.read_item": "an item of a share, bounded as it came",
    "helpline.vault.web.device.said": "one answer",
    "hotline.laboratory.rules.prints.read_prints": "LONGEST",
    "hotline.matching.banks.web.api.answer": "a partner’s request",
    "hotline.reports.rules.fingerprints.read_json": "a field of a form",
    "takedown.onward.exchange.rules.cards.Card": "a card that staff pasted",
    "takedown.onward.exchange.rules.letters.Letter": "a letter, opened",
    "takedown.onward.exchange.rules.letters._object": "an envelope",
    "takedown.onward.exchange.web.network.taken": "200 ids, signed by a peer",
}
# Ours: a pack, what an action of ours made, what a check kept.
OURS: Final = {
    "awareness.activities.stories.rules.about._loads": "checked in a child, kept by us",
    "awareness.activities.stories.rules.player._parse": "compiled and walked in a child",
    "awareness.learning.events.rules.ical.write": "it writes",
    "awareness.places.structures.rules.places._atlas": "a file of the release",
    "foundation.countries._names": "a file of the release",
    "foundation.encryption.worded._UNKIND": "a file of the release",
    "foundation.packs._read": "a pack of the release",
    "helpline.queue.rules.danger_words.trying._rows": "messages of the release",
    "steering.diary.rules.write": "it writes",
    "takedown.onward.cybertips.rules.checking.errors_of": "the form that we wrote",
    "takedown.tracing.rules.cdns.known_cdns": "a file of the release",
    "takedown.tracing.rules.network_index.read_tables": "the operator’s files",
}
# Reached by name alone: who calls them is a job, or a command.
NOT_THERE: Final = {
    "hotline.matching.exchange.rules.sources.ncmec.Ncmec": "a job reads what a source answers",
    "hotline.matching.exchange.rules.sources.tat.TechAgainstTerrorism": "the same",
    "hotline.matching.exchange.rules.sources.stopncii._object": "the same",
    "takedown.statements.rules.dumps.read": "`balise statements`, an operator’s command",
    "takedown.statements.rules.files._parts_of": "the same",
    "takedown.statements.rules.files.parts": "the same",
}
# An archive that is written, or one of our own that is packed again.
WRITTEN: Final = {
    "foundation.zipping.rezipped": "slides that we drew",
    "foundation.zipping.zipped": "it writes",
    "helpline.cases.documents.complaint.packed": "it writes",
    "steering.editions.documents.slides._undated": "a workbook that we wrote",
    "takedown.onward.dossiers.rules.parts.zipped": "it writes",
}
ARGUED: Final = SHORT | OURS | NOT_THERE | WRITTEN


def doors() -> Iterator[Place]:
    """Yield what stands at the top of each module of a door."""
    for file in sources():
        parts = file.relative_to(SOURCE.parent).with_suffix("").parts
        if DOORS.isdisjoint(parts):
            continue
        module = ".".join(parts).removesuffix(".__init__")
        yield from ((module, name) for name in defined(module))


def parsing(starts: Iterator[Place]) -> dict[str, str]:
    """Return who calls a parser, among what is reached, each with the way there."""
    before = ways(starts)
    return {
        f"{module.removeprefix('balise.')}.{name}": told(before, (module, name))
        for module, name in before
        if (module, name) not in PARSERS and PARSERS & steps((module, name))
    }


def test_no_door_parses_what_strangers_and_editors_wrote() -> None:
    found = parsing(doors())
    assert {who: way for who, way in found.items() if who not in ARGUED} == {}
    assert ARGUED.keys() - found.keys() == set()


def test_a_parser_is_found_wherever_it_is_reached_and_a_child_is_not() -> None:
    imports = "balise.awareness.questions.documents.imports"
    assert parsing(iter([(imports, "read")])) == {}
    found = parsing(iter([(imports, "work")]))
    assert "awareness.questions.rules.imports.qti._items" in found

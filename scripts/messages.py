"""Compare the words in the source with the catalogues, or bring the catalogues up to date."""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib
import words

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "balise"
WIDTH = 100

# What a tag of `foundation/web/components/registers.py` names, as Django's `translate` has it.
NAMING = re.compile(r"{% (?:column|fact|link_to|table_of|trail) [^\n]*? %}")
NAMED = re.compile(
    r'(?:(?:column|fact|link_to|trail|then| in [\w.:|]+) )("[^"]*"(?: context "[^"]*")?)'
)

type Key = tuple[str | None, str]


def gathered() -> polib.POFile:
    """Return every message that the source holds, extracted beside the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "balise"
        shutil.copytree(
            SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "locale", "tests", "static")
        )
        for page in copy.rglob("templates/**/*.html"):
            page.write_text(NAMING.sub(translating, page.read_text()))
        (copy / "locale" / "fr" / "LC_MESSAGES").mkdir(parents=True)
        command = [
            Path(sys.executable).with_name("django-admin"),
            "makemessages",
            "--locale=fr",
            "--extension=html,txt,py",
            "--no-obsolete",
            "--add-location=file",
        ]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"the words could not be gathered:\n{done.stderr}")
        return polib.pofile(str(copy / "locale/fr/LC_MESSAGES/django.po"))


def translating(tag: re.Match[str]) -> str:
    """Return a tag after what it names, as Django finds it."""
    return "".join(f"{{% translate {name} %}}" for name in NAMED.findall(tag[0])) + tag[0]


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def places(entry: polib.POEntry) -> list[str]:
    """Return the source files that hold a message, in order. No lines: they change too often."""
    return sorted({place for place, _ in entry.occurrences})


def spoken(catalogue: polib.POFile) -> Iterator[words.Message]:
    """Yield each message of a catalogue as the rules for words read it."""
    for entry in catalogue:
        yield words.Message(
            context=entry.msgctxt,
            english=tuple(text for text in (entry.msgid, entry.msgid_plural) if text),
            french=tuple(entry.msgstr_plural.values()) or (entry.msgstr,),
            files=frozenset(places(entry)),
        )


# Packs that only the young read, and of those the one that speaks to their parents.
YOUNG_PACKS = "helpline/app/packs/"
FOR_ADULTS = frozenset(
    {
        "helpline/app/packs/fr/quiz/4-parent.toml",
        "helpline/app/packs/fr/quiz/7-ways-for-parents.toml",
    }
)


def packed(table: object, place: str) -> Iterator[words.Message]:
    """Yield each text of a country's pack that is there in French and in English."""
    if isinstance(table, dict):
        texts = table.get("en"), table.get("fr")
        if isinstance(texts[0], str) and isinstance(texts[1], str):
            yield words.Message(
                context=None, english=texts[:1], french=texts[1:], files=frozenset({place})
            )
        table = list(table.values())
    if isinstance(table, list):
        for each in table:
            yield from packed(each, place)


def packs() -> Iterator[words.Message]:
    """Yield the texts of the packs, the words of the law and what strangers write left aside."""
    for path in sorted(SOURCE.rglob("packs/**/*.toml")):
        place = str(path.relative_to(SOURCE))
        if not place.startswith("takedown/law/") and path.name != "danger_words.toml":
            yield from packed(tomllib.loads(path.read_text()), place)


def misspoken(catalogue: polib.POFile) -> Iterator[str]:
    """Yield what the rules for words refuse in a catalogue, and glossary terms it lacks."""
    sources = {
        str(path.relative_to(SOURCE)): path.read_text()
        for path in SOURCE.rglob("templates/**/*.html")
    }
    young = words.read_by(sources, "web/youth.html") | words.TO_THE_YOUNG
    allowed = tomllib.loads((ROOT / "scripts" / "words.toml").read_text())
    pages = words.Pages(
        young=young,
        public=words.read_by(sources, "web/public.html") - young,
        shared=frozenset(allowed["shared"]),
        clauses=frozenset(allowed["clauses"]),
    )
    messages = list(spoken(catalogue))
    yield from words.faults(messages, pages)
    given = list(packs())
    places = {place for each in given for place in each.files}
    ours = frozenset(place for place in places if place.startswith(YOUNG_PACKS))
    yield from words.faults(given, words.Pages(young=ours - FOR_ADULTS, public=ours & FOR_ADULTS))
    terms = words.glossary((ROOT / "docs" / "glossary.md").read_text())
    yield from words.unsaid(terms, messages)


def faults(catalogue: polib.POFile, source: polib.POFile) -> Iterator[str]:
    """Yield what is wrong with a catalogue."""
    asked = {key(entry): entry for entry in source}
    known = {key(entry): entry for entry in catalogue if not entry.obsolete}
    for each in asked.keys() - known.keys():
        yield f"missing: {each[1]!r} ({' '.join(places(asked[each]))})"
    for each in known.keys() - asked.keys():
        yield f"in no source file: {each[1]!r}"
    for entry in known.values():
        if entry.fuzzy:
            yield f"unsure (fuzzy): {entry.msgid!r}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid!r}"
        if key(entry) in asked and places(entry) != places(asked[key(entry)]):
            yield f"used in other files than it says (scripts/messages gather): {entry.msgid!r}"
    yield from (f"obsolete: {entry.msgid!r}" for entry in catalogue.obsolete_entries())


def check() -> int:
    """Return 1, after saying why, when a catalogue is not complete and exact."""
    source = gathered()
    status = 0
    for path in catalogues():
        catalogue = polib.pofile(str(path))
        found = sorted((*faults(catalogue, source), *misspoken(catalogue)))
        sound = subprocess.run(
            ["msgfmt", "--check", "--output-file=/dev/null", path],
            capture_output=True,
            text=True,
            check=False,
        )
        if sound.returncode:
            found.append(sound.stderr.strip())
        for fault in found:
            print(f"{path.parent.parent.name}: {fault}")
            status = 1
    return status


def gather() -> int:
    """Bring each catalogue up to date: add new words, drop old ones, say where each is used."""
    source = gathered()
    for path in catalogues():
        catalogue = polib.pofile(str(path), wrapwidth=WIDTH)
        known = {key(entry): entry for entry in catalogue}
        asked = {key(entry): entry for entry in source}
        for gone in [entry for each, entry in known.items() if each not in asked]:
            catalogue.remove(gone)
        for each, entry in asked.items():
            if each in known:
                known[each].occurrences = [(place, "") for place in places(entry)]
            else:
                fresh = polib.POEntry(
                    msgctxt=entry.msgctxt,
                    msgid=entry.msgid,
                    msgid_plural=entry.msgid_plural,
                    flags=[flag for flag in entry.flags if flag != "fuzzy"],
                    msgstr_plural={0: "", 1: ""} if entry.msgid_plural else {},
                    occurrences=[(place, "") for place in places(entry)],
                )
                catalogue.append(fresh)
                print(f"{path.parent.parent.name}: to translate: {entry.msgid!r}")
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return 0


def compile_all() -> int:
    """Write the compiled form of each catalogue."""
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


def catalogues() -> list[Path]:
    return sorted(SOURCE.glob("locale/*/LC_MESSAGES/*.po"))


if __name__ == "__main__":
    sys.exit({"check": check, "gather": gather, "compile": compile_all}[sys.argv[1]]())

"""What messages may not say: retired terms, typography, length, tu and vous, homonyms."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

# Each pattern is refused in every message. Placeholders are left out before it is looked for.
FRENCH = {
    "a straight apostrophe": r"(?<=\w)'(?=\w)",
    "an English quotation mark": r"[“”]|\"(?![^<]*>)",
    "a space that may break": r"[ \u00a0](?:[;:!?»]|%%)|«[ \u00a0]|[ \u00a0]%(?!\()",
    "no space before it": r"(?<=\w)[;!?](?=\s|$)|«(?=\w)|\w»",
    "a median point": r"\w·\w",
    "a retired word": (
        r"(?i:\b(?:scell\w+|clefs?|horloge|chronomètre|échelons?|échelle|vitre|guichet)\b)"
        r"|(?i:\b(?:courriels?|adresses? électroniques?)\b)|(?<!-)\b[Mm]ails?\b|\b[Cc]hat\b"
    ),
    "immediate danger": r"[Dd]anger de mort",
    "a country after “en”": r"\ben %\(country\)s",
    "thousands": r"\d[ \u00a0]000",
    "a gender": r"\b(?:tu|vous) (?:es|êtes) (?:seul|connecté|prêt|prévu)e?s?\b",
}
ENGLISH = {
    "content is not counted": (
        r"\b(?i:contents)\b|\b(?:[Aa]n?|[Oo]ne|[Ee]ach|[Ee]very|[Aa]nother) (?:illegal )?content\b"
    ),
    "an archaism": (
        r"(?i:\b(?:whoever|anew|beside|came of|need not|nought|by itself|any more|no more)\b)"
        r"|^(?:This|There|It) is no\b(?! longer| further)|\bis none\b"
    ),
    "a retired word": (
        r"(?i)\b(?:house|desk|seats?|ladder|rungs?|customs|clock|glass|seal(?:ed)?)\b"
    ),
    "a piece of a sentence": r"^[,;)]|\($",
    "a straight apostrophe": r"(?<=\w)'(?=\w)",
}
NUMBER = re.compile(r"\b(?:112|114|119|3018)\b")  # of one country; a country's pack may name it
CLAUSE = re.compile(r"(?:Who|Whom|What|That|Where|How)\b[^?.]*")  # a label that is a clause
YOUNG = re.compile(r"\b(?:[Tt]u|[Tt]on|[Tt]a|[Tt]es|[Tt]oi|[Tt]e)\b|\b[Tt]’")
FORMAL = re.compile(r"\b(?:[Vv]ous|[Vv]otre|[Vv]os|(?![Cc]hez\b|[Aa]ssez\b)\w{3,}ez)\b")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
MARKUP = re.compile(r"<[^>]*>")
SENTENCE = re.compile(r"[.!?:;…]+(?=\s|$)|\n")
FEW = 2  # words of a homonym, and modules that share it
# Pages seen at any age say neither tu nor vous.
NEITHER = frozenset(
    {
        "foundation/encryption/worded.py",
        "foundation/web/errors.py",
        "foundation/web/templates/web/error.html",
        "foundation/web/templates/web/pages/home.html",
        "foundation/web/templates/web/pages/pause.html",
        "foundation/web/templates/web/parts/quick_exit.html",
        "foundation/web/templates/web/parts/send_again.html",
        "foundation/web/templates/web/public.html",
        "hotline/reports/templates/hotline/reports/follow_enter.html",
        "hotline/reports/templates/hotline/reports/sent.html",
    }
)
# Code whose words only the young read.
TO_THE_YOUNG = frozenset(
    {
        "helpline/conversations/web/forms.py",
        "helpline/conversations/web/standing.py",
        "helpline/conversations/web/talk.py",
        "helpline/removals/rules/tracking.py",
    }
)
SHORT, LONG = 15, 25  # words a sentence, on pages for the young and on other public pages
INSIDE = frozenset(
    {"actions", "documents", "management", "models", "queries", "rules", "tasks", "templates"}
    | {"templatetags", "web"}
)


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message: its English and French forms (singular, then plural) and the files it is in."""

    context: str | None
    english: tuple[str, ...]
    french: tuple[str, ...]
    files: frozenset[str] = frozenset()

    @property
    def is_packed(self) -> bool:
        """Whether it is from a country's pack, whose words are the centre's own."""
        return any("/packs/" in each for each in self.files)

    @property
    def name(self) -> str:
        return f"[{self.context}] {self.english[0]}" if self.context else self.english[0]


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Which files are read by whom, and the words that are allowed where a rule would refuse."""

    young: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    clauses: frozenset[str] = field(default=frozenset())


def faults(messages: Iterable[Message], pages: Pages) -> Iterator[str]:
    """Yield what is wrong, one line each."""
    given = list(messages)
    for message in given:
        yield from (f"{fault}: {message.name!r}" for fault in _of(message, pages))
    clauses = {one.name for one in given if CLAUSE.fullmatch(one.english[0])}
    yield from (f"listed as a clause, but it is not: {each!r}" for each in pages.clauses - clauses)
    yield from _homonyms(given, pages.shared)
    yield from _same_state(given)


def _of(message: Message, pages: Pages) -> Iterator[str]:
    for texts, patterns in ((message.french, FRENCH), (message.english, ENGLISH)):
        for fault, pattern in patterns.items():
            if any(re.search(pattern, _said(text, pattern)) for text in texts):
                yield f"{'French' if patterns is FRENCH else 'English'}, {fault}"
    if not message.is_packed:
        if any(map(NUMBER.search, message.english)):
            yield "a number of one country"
        if CLAUSE.fullmatch(message.english[0]) and message.name not in pages.clauses:
            yield "a label that is a clause"
    yield from _to_whom(message, pages)
    yield from _too_long(message, pages)


def _said(text: str, pattern: str) -> str:
    return text if "%" in pattern else PLACEHOLDER.sub("…", text)


def _is_young(message: Message, pages: Pages) -> bool:
    return message.context == "youth" or bool(
        message.context != "adult" and message.files & pages.young
    )


def _to_whom(message: Message, pages: Pages) -> Iterator[str]:
    french = " ".join(message.french)
    if _is_young(message, pages) and FORMAL.search(french):
        yield "vous on a page for the young"
    is_for_all = message.files & NEITHER and message.context not in {"youth", "adult"}
    if is_for_all and (FORMAL.search(french) or YOUNG.search(french)):
        yield "tu or vous on a page for all ages"


def _too_long(message: Message, pages: Pages) -> Iterator[str]:
    young = _is_young(message, pages)
    if not young and not message.files & pages.public:
        return
    most = SHORT if young else LONG
    for text in (*message.english, *message.french):
        for sentence in SENTENCE.split(MARKUP.sub("", PLACEHOLDER.sub("x", text))):
            words = [word for word in sentence.split() if re.search(r"\w", word)]
            if len(words) > most:
                yield f"a sentence of {len(words)} words, {most} at most"


def _homonyms(messages: list[Message], shared: frozenset[str]) -> Iterator[str]:
    """Yield what several modules say in one or two words, without a context and unlisted."""
    found = set()
    for message in messages:
        if message.context is None and len(message.english[0].split()) <= FEW:
            modules = {module_of(each) for each in message.files}
            if len(modules) >= FEW:
                found.add(message.english[0])
                if message.english[0] not in shared:
                    users = ", ".join(sorted(modules))
                    yield f"a homonym needs a context: {message.name!r} ({users})"
    yield from (f"listed as shared, but it is not: {each!r}" for each in shared - found)


def _same_state(messages: list[Message]) -> Iterator[str]:
    """Yield states of one list that read the same in French."""
    states: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for message in messages:
        for each in message.files:
            if PurePosixPath(each).name == "states.py":
                states[each, message.french[0]].append(message.name)
    for (each, french), names in states.items():
        if len(names) > 1:
            yield f"one French word for several states: {french!r} ({each}: {', '.join(names)})"


def module_of(path: str) -> str:
    """Return the module that a source file belongs to, as `hotline/reports`."""
    parts = []
    for part in PurePosixPath(path).parent.parts:
        if part in INSIDE:
            break
        parts.append(part)
    return "/".join(parts[:3])


def read_by(sources: Mapping[str, str], frame: str) -> frozenset[str]:
    """Return the templates that extend a frame, itself and what they include, from their text.

    `sources` holds the text of each template by its path; a template is named by what follows its
    `templates/` folder.
    """
    paths = {path.split("templates/", 1)[1]: path for path in sources}
    known = {frame}
    todo = [frame]
    while todo:
        name = todo.pop()
        text = sources.get(paths.get(name, ""), "")
        new = {each for each in re.findall(r'{%\s*include\s+"([^"#]+)[#"]', text) if each in paths}
        if name == frame or name in known:
            extends = re.compile(rf'{{%\s*extends\s+"{re.escape(name)}"')
            new |= {other for other, path in paths.items() if extends.search(sources[path])}
        todo += new - known
        known |= new
    return frozenset(paths[name] for name in known if name in paths)


def glossary(text: str) -> Iterator[tuple[str, str]]:
    """Yield each term of a glossary's table for people: `english` or `french`, and the term."""
    for line in text.splitlines():
        if line.startswith("| `"):
            _, english, french, *_ = (cell.strip() for cell in line.strip("|").split("|"))
            for language, cell in (("english", english), ("french", french)):
                for term in re.sub(r"\([^)]*\)", "", cell).split(", "):
                    if term.strip() not in {"–", ""}:
                        yield language, term.strip()


def unsaid(terms: Iterable[tuple[str, str]], messages: Iterable[Message]) -> Iterator[str]:
    """Yield the terms of the glossary that no message uses."""
    given = list(messages)
    said = {
        "english": " ".join(text for each in given for text in each.english).casefold(),
        "french": " ".join(text for each in given for text in each.french).casefold(),
    }
    for language, term in terms:
        if term.casefold() not in said[language]:
            yield f"in the glossary, in no message ({language}): {term!r}"

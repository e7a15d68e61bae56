"""Whether an item of a dossier, and the dossier, hold. Pure; the caller asks for the timestamps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from balise.foundation import strict_json
from balise.helpline.vault.rules import chain, layout
from balise.helpline.vault.rules.items import commitment

# Given the whole answer and the bytes that it dates: when, as ISO 8601; "" where it does not hold.
type Dated = Callable[[bytes, bytes], str]


class Chain(StrEnum):
    """Whether the log tells of an item, and holds."""

    HOLDS = "holds"
    BROKEN = "broken"
    ABSENT = "absent"


class Verdict(StrEnum):
    """What is true of an item, or of a dossier (HOLDS, PARTLY, FAILS)."""

    HOLDS = "holds"
    UNDATED = "undated"
    WITHHELD = "withheld"  # the centre that made the dossier may not take the original out
    MISSING = "missing"
    CHANGED = "changed"
    PARTLY = "partly"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Found:
    """One item as it was found."""

    name: str
    sha256: str
    chain: Chain
    timestamp: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: each item, one verdict, and what is wrong besides (sentences)."""

    items: tuple[Found, ...]
    verdict: Verdict
    problems: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return it as it is printed."""
        return {
            "items": [asdict(item) for item in self.items],
            "verdict": self.verdict,
            "problems": self.problems,
        }


_GOOD: Final = frozenset({Verdict.HOLDS, Verdict.UNDATED, Verdict.WITHHELD})


def judged(octets: bytes, *, dated: Dated) -> Report:
    """Return what is true of a file, whatever it is. Nothing that it says is believed."""
    try:
        files = layout.unpacked(octets)
        manifest = _manifest(files)
    except layout.DossierFaulty as fault:
        return Report((), Verdict.FAILS, (str(fault),))
    problems = layout.hash_problems(files)
    entries = _log(files, manifest, problems)
    items = tuple(_item(one, files, entries, dated) for one in manifest["items"])
    return Report(items, _verdict(items, problems), tuple(problems))


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        found = strict_json.loads(files.get(layout.MANIFEST, b""))
    except strict_json.FAULTS:
        raise layout.DossierFaulty("it has no manifest") from None
    items = found.get("items") if isinstance(found, dict) else None
    is_one = isinstance(items, list) and all(isinstance(item, dict) for item in items)
    if not is_one or found.get("v") != 1:
        raise layout.DossierFaulty("its manifest is of another form")
    return dict(found)


def _log(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], problems: list[str]
) -> Sequence[chain.Entry] | None:
    """Return the entries of a log that holds; None for one that does not."""
    try:
        entries = chain.read(files.get(layout.LOG, b""))
        head = chain.head_of(entries)
    except chain.ChainBroken as fault:
        problems.append(f"the log does not hold: {fault}")
        return None
    if manifest.get("log") != {"entries": len(entries), "head": head}:
        problems.append("the log is not the one that the manifest names")
        return None
    return entries


def _item(
    said: Mapping[str, Any],
    files: Mapping[str, bytes],
    entries: Sequence[chain.Entry] | None,
    dated: Dated,
) -> Found:
    name, promised = str(said.get("file", "")), str(said.get("commitment", ""))
    in_log = _chain(said, promised, entries)
    timestamp = _timestamp(said, promised, files, dated)
    original = files.get(name)
    if original is None:
        is_withheld = said.get("withheld") is True
        verdict = Verdict.WITHHELD if is_withheld else Verdict.MISSING
        if verdict is Verdict.WITHHELD and (in_log is not Chain.HOLDS or timestamp is None):
            verdict = Verdict.FAILS
        return Found(name, "", in_log, timestamp or "", verdict)
    digest = sha256(original).hexdigest()
    if digest != said.get("sha256") or promised != _commitment(said, original):
        verdict = Verdict.CHANGED
    elif in_log is not Chain.HOLDS or timestamp is None:
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if timestamp else Verdict.UNDATED
    return Found(name, digest, in_log, timestamp or "", verdict)


def _chain(said: Mapping[str, Any], promised: str, entries: Sequence[chain.Entry] | None) -> Chain:
    if entries is None:
        return Chain.BROKEN
    told = any(
        entry["item"] == said.get("id")
        and entry["commitment"] == promised
        and entry["kind"] in chain.BEGINS
        for entry in entries
    )
    return Chain.HOLDS if told else Chain.ABSENT


def _timestamp(
    said: Mapping[str, Any], promised: str, files: Mapping[str, bytes], dated: Dated
) -> str | None:
    """Return when an item was dated; "" where nobody says so, None where that does not hold."""
    stamp = said.get("stamp")
    if not stamp:
        return ""
    try:
        message = bytes.fromhex(promised)
    except ValueError:
        return None
    return dated(files.get(str(stamp), b""), message) or None


def _commitment(said: Mapping[str, Any], original: bytes) -> str | None:
    try:
        return commitment(str(said.get("salt", "")), original)
    except ValueError:
        return None


def _verdict(items: Sequence[Found], problems: Sequence[str]) -> Verdict:
    if problems or not items or any(item.verdict not in _GOOD for item in items):
        return Verdict.FAILS
    is_whole = all(item.verdict is Verdict.HOLDS for item in items)
    return Verdict.HOLDS if is_whole else Verdict.PARTLY

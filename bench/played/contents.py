"""Three hundred contents of a day: what was reported, and the verdict that each deserves."""

from collections.abc import Iterator
from dataclasses import dataclass, field

ORDER = ("illegal", "harmful", "out-of-scope", "gone", "unverifiable")  # the keys 1 to 5
# Of twenty contents; the ways that lead to an offence come in turns.
SHARES = ("illegal",) * 5 + ("harmful",) * 3 + ("out-of-scope",) * 8 + ("gone",) * 3
CATEGORIES = {
    "harmful": ("shocking", "hate", "sexual-harassment"),
    "out-of-scope": ("unknown", "shocking", "hate", "unknown"),
    "gone": ("hate", "shocking", "ncii"),
    "unverifiable": ("sexual-harassment", "unknown"),
}
ILLEGAL: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("hate", "hate", {"subject": "hate", "hate": "insult"}),
    (
        "grooming",
        "grooming",
        {"subject": "solicitation", "solicitation-age": "under-15", "solicitation": "proposal"},
    ),
    ("hate", "hate", {"subject": "hate", "hate": "call"}),
    ("csam", "csam", {"subject": "minor-images", "minor-images": "shared", "reach": "public"}),
    ("ncii", "ncii", {"subject": "person-images", "person-images": "real"}),
    # What nobody could name is named with its verdict.
    ("unknown", "hate", {"subject": "hate", "hate": "insult"}),
    ("sexual-harassment", "sexual-harassment", {"subject": "pressure", "pressure": "sexual"}),
    ("terrorism", "terrorism", {"subject": "terrorism"}),
)
WHY = {
    "harmful": "Une vidéo choquante, sans rien que la loi du jour interdise à cet endroit.",
    "unverifiable": "La page demande un compte que nous n’avons pas ; le texte ne suffit pas.",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What was reported as a category, and what it is; `path` answers the questions."""

    address: str
    reported: str
    verdict: str
    category: str
    path: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> int:
        """Return the key of the verdict."""
        return ORDER.index(self.verdict) + 1

    @property
    def why(self) -> str:
        """Return the reasons that a person writes; those of an offence are written for them."""
        return WHY.get(self.verdict, "")

    @property
    def is_visited(self) -> bool:
        """Return whether the text is not enough, and the analyst goes to see."""
        return self.verdict in {"illegal", "harmful", "gone"}


def contents(number: int) -> Iterator[Content]:
    """Yield so many, always the same."""
    shares, met = (*SHARES, "unverifiable"), dict.fromkeys(ORDER, 0)
    for at in range(number):
        verdict = shares[at * 7 % len(shares)]
        address = f"https://site{at % 41}.example/{verdict}/{at}"
        turn, met[verdict] = met[verdict], met[verdict] + 1
        if verdict == "illegal":
            reported, category, path = ILLEGAL[turn % len(ILLEGAL)]
            yield Content(address, reported, verdict, category, path)
        else:
            reported = CATEGORIES[verdict][turn % len(CATEGORIES[verdict])]
            yield Content(address, reported, verdict, reported)

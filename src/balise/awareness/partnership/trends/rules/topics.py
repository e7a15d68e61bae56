"""Topics of emerging uses: those of the catalogue, and what Insafe calls them. Pure."""

from collections.abc import Sequence

from balise.awareness.publications.rules.taxonomy import taxonomy

FACET = "topic"


def topics(country: str) -> Sequence[tuple[str, object]]:
    """Return the topics of a country, as codes and labels."""
    return [(term.code, term.label) for term in taxonomy(country)[FACET].terms.values()]


def label_of(country: str, code: str) -> str:
    """Return the label of a topic in the active language; the code of one that is gone."""
    term = taxonomy(country)[FACET].terms.get(code)
    return str(term.label) if term else code


def bik_of(country: str, code: str) -> str:
    """Return the topic in the words of Better Internet for Kids; empty where it has none."""
    term = taxonomy(country)[FACET].terms.get(code)
    return term.says.get("bik", "") if term else ""


def bik_topics(country: str) -> Sequence[str]:
    """Return the words of Better Internet for Kids for topics, each once."""
    terms = taxonomy(country)[FACET].terms.values()
    return sorted({term.says["bik"] for term in terms if "bik" in term.says})

"""The licence of open figures, from the country's pack."""

from dataclasses import dataclass

from balise.foundation.packs import Words, load


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence; `id` is that of the Open Definition, empty where it has none."""

    title: Words
    url: str
    id: str


def licence(country: str) -> Licence:
    """Return the licence under which a country's centre gives its figures."""
    pack = load("balise.steering.published", country=country, name="licence")
    title = Words.read(pack["title"], where="licence.title")
    return Licence(title, pack["url"], pack.get("id", ""))

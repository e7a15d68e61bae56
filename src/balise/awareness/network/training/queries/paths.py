"""Where someone is in the module, by the token of their pages."""

from dataclasses import dataclass
from uuid import UUID

from balise.awareness.network.training.access import links
from balise.awareness.network.training.models import KeptPath
from balise.awareness.network.training.rules.paths import Path
from balise.foundation.finding import find


@dataclass(frozen=True, slots=True)
class Held:
    """A path, and under which id it is kept; None where only the pages' addresses have it."""

    path: Path
    kept: UUID | None

    @property
    def token(self) -> str:
        """Return what the next page's address needs."""
        return links.carried(self.path) if self.kept is None else links.kept(self.kept)


def held(token: str, *, lock: bool = False) -> Held:
    """Return the path of a token. Raises NotHere."""
    found = links.read(token)
    if isinstance(found, Path):
        return Held(found, None)
    row = KeptPath.locked(found) if lock else find(KeptPath, id=found)
    return Held(Path.read(row.told), row.id)

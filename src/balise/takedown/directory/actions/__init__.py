"""Keep the directory (`keeping` organisations, `contacting` them) and read its packs (`packs`)."""

from balise.takedown.directory.actions.contacting import (
    approve_contact,
    block_contact,
    confirm_contact,
    propose_contact,
    revise_contact,
)
from balise.takedown.directory.actions.keeping import (
    About,
    add_organisation,
    confirm_organisation,
    revise_organisation,
)
from balise.takedown.directory.actions.packs import Reading, load_demonstration, read_packs

__all__ = [
    "About",
    "Reading",
    "add_organisation",
    "approve_contact",
    "block_contact",
    "confirm_contact",
    "confirm_organisation",
    "load_demonstration",
    "propose_contact",
    "read_packs",
    "revise_contact",
    "revise_organisation",
]

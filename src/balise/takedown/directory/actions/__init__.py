"""Keep the directory (`keeping` organisations, `contacting` them) and read its packs (`packs`)."""

from balise.takedown.directory.actions.keeping import (
    About as About,
    add_organisation as add_organisation,
    confirm_organisation as confirm_organisation,
    revise_organisation as revise_organisation,
)
from balise.takedown.directory.actions.packs import (
    Reading as Reading,
    approve_contact as approve_contact,
    block_contact as block_contact,
    confirm_contact as confirm_contact,
    load_demonstration as load_demonstration,
    propose_contact as propose_contact,
    read_packs as read_packs,
    revise_contact as revise_contact,
)

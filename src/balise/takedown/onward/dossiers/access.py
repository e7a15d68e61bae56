"""Who may do what with dossiers. A dossier is its line's: another line's people never see it."""

from balise.foundation import access

READ = "takedown.dossiers.read"
DRAFT = "takedown.dossiers.draft"
APPROVE = "takedown.dossiers.approve"
HAND_OVER = "takedown.dossiers.hand-over"
RECORD = "takedown.dossiers.record"
# Hand over what someone kept themselves, for another line than the dossier's; read nothing there.
BRING = "takedown.dossiers.bring"

require = access.require_for
require_ability = access.require
found = access.found
locked = access.locked
lines_of = access.lines_of

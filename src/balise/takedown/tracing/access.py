"""Who may see where a content is and was hosted, and who writes it down."""

from balise.foundation import access

READ = "takedown.tracing.read"
NOTE = "takedown.tracing.note"

require = access.require_for

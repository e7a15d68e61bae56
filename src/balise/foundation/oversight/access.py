"""Who may watch over the house."""

from balise.foundation import access

READ_JOURNAL = "oversight.journal.read"
READ_RETENTION = "oversight.retention.read"
MANAGE_TASKS = "oversight.tasks.manage"

require = access.require

"""Who may do what with the queue."""

from balise.foundation import access

READ = "helpline.queue.read"
WORK = "helpline.queue.work"
SUPERVISE = "helpline.queue.supervise"

require = access.require

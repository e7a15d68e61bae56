"""Who may do what with conversations. The young person is known by a token, not by an ability."""

from balise.foundation import access

TALK = "helpline.conversations.talk"
READ_ALONG = "helpline.conversations.read-along"

require = access.require

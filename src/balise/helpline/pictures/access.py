"""Who may do what with pictures. Whose conversation or case it is, is asked besides."""

from balise.foundation import access

SEE = "helpline.pictures.see"
# Decide about a picture that should not be here: one person opens it, once.
DECIDE = "helpline.pictures.decide"

require = access.require

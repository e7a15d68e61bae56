"""Who reads what was said; and what a form carries, so that it counts once."""

from balise.foundation import access
from balise.foundation.signed import SignedId

READ = "awareness.feedback.read"

require = access.require
_form = SignedId("balise.awareness.feedback.form")
form_token, read_form = _form.token, _form.read

"""Who may do what in the laboratory. No ability shows a picture: there is none."""

from balise.foundation import access

# See cases and disputes: kinds, counts, sizes, answers.
LOOK = "hotline.laboratory.look"
# Stop a fingerprint that is disputed, and decide about it.
DECIDE = "hotline.laboratory.decide"

require = access.require

"""Who may do what with the app."""

from balise.foundation import access

# Read and change the list of sites that show our button.
SITES = "helpline.app.sites"
# Read the words that answer to danger, and whether a psychologist has signed them.
WORDS = "helpline.app.words"

require = access.require

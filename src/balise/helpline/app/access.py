"""Who may do what with the app."""

from balise.foundation import access

# Read and change the list of sites that show our button.
SITES = "helpline.app.sites"

require = access.require

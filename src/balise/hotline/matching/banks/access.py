"""Who may do what with banks of hashes."""

from balise.foundation import access

READ = "hotline.banks.read"  # see banks and entries, why something matched; ask by hand
LOOK_UP = "hotline.banks.look-up"  # ask whether a hash is known: also a partner's token
KEEP = "hotline.banks.keep"  # add hashes, withdraw and hold them, say what one thinks of them
MANAGE = "hotline.banks.manage"  # make banks, turn them on and off, review the quarantine
EXPORT = "hotline.banks.export"  # take a bank out of the centre

require = access.require

"""The vault: what a young person keeps as proof, encrypted on the device before it comes here."""

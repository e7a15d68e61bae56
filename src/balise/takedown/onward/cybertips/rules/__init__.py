"""The documents of NCMEC's Reporting API as data: written, read safely, checked. Pure."""

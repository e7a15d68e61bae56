"""What everyone may read of an edition, as pages, JSON and files give it. Pure."""

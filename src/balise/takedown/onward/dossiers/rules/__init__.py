"""What a dossier holds, how it is numbered and packed, and the states it goes through. Pure."""

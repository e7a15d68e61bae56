"""Items as octets: opened in memory, drawn again, packed for a complaint, checked by a stranger."""

"""Every way a report or a content comes to be or changes; each is one transaction, written down."""

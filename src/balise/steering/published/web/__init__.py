"""The public door: pages, cards, files and the API of open figures."""

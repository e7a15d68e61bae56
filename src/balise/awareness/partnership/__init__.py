"""Those the centre works with: partners, campaigns, the trends they tell."""

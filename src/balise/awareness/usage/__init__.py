"""How often resources are used, without knowing by whom."""

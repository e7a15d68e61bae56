"""Interactive stories: written, checked, played, resumed after an edit."""

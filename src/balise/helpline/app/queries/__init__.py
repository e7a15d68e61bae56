"""Questions of the app: its signed release, the platforms of its button."""

"""Documents of the app: its release, gathered from what is served."""

"""What is read of the app: the release that a centre gives, the sites that show its button."""

"""The young person's app: its pages, its copy for when there is no network, its button."""

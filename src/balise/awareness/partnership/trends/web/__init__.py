"""The doors of trends: notebook, rises, briefings and their readers; editions by their link."""

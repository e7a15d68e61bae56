"""A file of reports: `files` takes it apart line by line, `lines` says what a line means."""

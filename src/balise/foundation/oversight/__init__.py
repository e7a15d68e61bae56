"""The administrators' pages: audit log, retention, tasks that failed."""

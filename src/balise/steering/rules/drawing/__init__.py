"""The one drawer of charts: pure geometry, for boards, pages, papers, beside native charts."""

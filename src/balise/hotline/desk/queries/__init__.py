"""What a partner's people may see of their drafts, reports and questions."""

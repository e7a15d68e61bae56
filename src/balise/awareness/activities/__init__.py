"""What families and classes do together: the charter, stories, quizzes."""

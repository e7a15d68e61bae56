"""Every change in quizzes."""

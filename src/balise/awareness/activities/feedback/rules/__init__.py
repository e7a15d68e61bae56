"""What is asked after a session: pure."""

PACKAGE = "balise.awareness.activities.feedback"

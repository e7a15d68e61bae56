"""Other ways to the helpline, which can wait for an answer: e-mail, a form, messaging."""

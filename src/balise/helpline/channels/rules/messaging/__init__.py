"""How each kind of messaging provider signs, what it brings, and how it takes an answer."""

"""How many listeners are needed, and when: forecast, seats, rota."""

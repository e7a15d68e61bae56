"""Pure: arithmetic of queues, of days and of rotas."""

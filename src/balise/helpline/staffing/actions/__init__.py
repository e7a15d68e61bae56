"""Set who works how long and who is away; ask for a rota, publish it, swap."""

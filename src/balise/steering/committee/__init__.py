"""Who steers: agenda, documents, decisions that cite figures, what was asked before."""

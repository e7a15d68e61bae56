"""The network that carries awareness to the young: a folder of modules, each with its card."""

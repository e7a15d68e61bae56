"""Make an edition ready, freeze it, draw it, publish it; let members read and ask before."""

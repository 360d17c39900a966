"""How far two annotators of one text agree."""

"""A small Django app: what is owed to whom, with labels."""

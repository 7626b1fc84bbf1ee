"""What is told of a run: to a person on a terminal, and to programs."""

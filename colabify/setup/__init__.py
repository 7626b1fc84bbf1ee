"""The setup cell, put together from a step for each thing that it does."""

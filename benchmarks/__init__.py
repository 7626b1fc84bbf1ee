"""How long colabify takes, as multiples of what a peer takes on the same files in the same run."""

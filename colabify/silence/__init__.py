"""What a person has colabify leave alone: by a comment at a line's end, or by a cell's tag."""

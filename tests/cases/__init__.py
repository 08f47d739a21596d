"""The cases that ship, and published answers."""

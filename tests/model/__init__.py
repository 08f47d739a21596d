"""The case's models and rules."""

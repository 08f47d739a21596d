"""Reading cases in every form."""

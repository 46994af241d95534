"""The exact k best documents of sparse queries."""

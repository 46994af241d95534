"""The inverted index, and the weights of terms."""

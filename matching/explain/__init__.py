"""Why a document has its score: shared terms, the best passage, what stays unanswered."""

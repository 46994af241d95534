# What is used of PyStemmer, which has no types of its own.

class Stemmer:
    def __init__(self, algorithm: str, max_cache_size: int = ..., /) -> None: ...
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - its name there

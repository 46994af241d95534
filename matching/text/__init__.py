"""Text analysis: from a text to what is shown of it, its sentences, tokens and stems."""

from matching.text.compounds import joined_pairs, splits
from matching.text.markup import plain_text
from matching.text.normalize import normalize
from matching.text.sentences import Sentence, sentences
from matching.text.spelling import spelled_alike
from matching.text.stems import base_form, fold, root, stem
from matching.text.stop_words import is_stop
from matching.text.tokens import (
    LONGEST_ACRONYM,
    LONGEST_WORD,
    TITLE_WEIGHT,
    Token,
    tokenize,
    word_counts,
    words,
)

__all__ = [
    "LONGEST_ACRONYM",
    "LONGEST_WORD",
    "TITLE_WEIGHT",
    "Sentence",
    "Token",
    "base_form",
    "fold",
    "is_stop",
    "joined_pairs",
    "normalize",
    "plain_text",
    "root",
    "sentences",
    "spelled_alike",
    "splits",
    "stem",
    "tokenize",
    "word_counts",
    "words",
]

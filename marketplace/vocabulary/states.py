"""Codes of the vocabulary."""

from enum import StrEnum


class VocabularyEvent(StrEnum):
    ADDED = "word_group.added"
    SWITCHED_OFF = "word_group.switched_off"
    SWITCHED_ON = "word_group.switched_on"


class VocabularyRefusal(StrEnum):
    ADMINISTRATORS_ONLY = "administrators_only"
    TOO_FEW_WORDS = "too_few_words"
    TOO_MANY_WORDS = "too_many_words"
    WORD_TOO_LONG = "word_too_long"
    NO_WORD = "no_word"
    ALREADY_THERE = "already_there"
    REASON_MISSING = "reason_missing"
    PERSONAL_DATA = "personal_data"
    FILE_MISSING = "file_missing"
    FILE_TOO_LARGE = "file_too_large"
    FILE_KIND = "file_kind"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNREADABLE_AT = "file_unreadable_at"
    WORDS_CUT = "words_cut"
    LINE_WRONG = "line_wrong"
    NO_GROUPS = "no_groups"
    FILE_TOO_SLOW = "file_too_slow"
    FILE_TOO_MANY = "file_too_many"
    NOTHING_NEW = "nothing_new"

"""The words for the code words of lessons."""

from marketplace.ui.labels import LabelTables

LABELS: LabelTables = ()

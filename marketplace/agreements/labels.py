"""The words for the code words of agreements."""

from marketplace.ui.labels import LabelTables

LABELS: LabelTables = ()

"""The words for the code words of pilots."""

from marketplace.ui.labels import LabelTables

LABELS: LabelTables = ()

"""The words for the code words of procurements."""

from marketplace.ui.labels import LabelTables

LABELS: LabelTables = ()

"""The words for the code words of programmes."""

from marketplace.ui.labels import LabelTables

LABELS: LabelTables = ()

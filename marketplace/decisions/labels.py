"""The words for the code words of decisions."""

from marketplace.ui.labels import LabelTables

LABELS: LabelTables = ()

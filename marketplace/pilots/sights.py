"""Who sees what is written during a test: everyone in the case."""

from marketplace.core.sight import Sight
from marketplace.pairings.sights import CASE

REPORT = Sight("checkpoint_report", ("note", "reason"), CASE)
CHECKPOINT = Sight("checkpoint", ("topic",), CASE)
EFFORT = Sight("effort", ("note",), CASE)
MEASUREMENT = Sight("measurement", ("value", "note"), CASE)
STOP = Sight("pilot", ("unit_stop_note", "entrepreneur_stop_note"), CASE)

SIGHTS = (REPORT, CHECKPOINT, EFFORT, MEASUREMENT, STOP)

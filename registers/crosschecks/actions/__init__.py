"""Every write of the cross-checks."""

from registers.crosschecks.actions.disposing import challenge, dispose, record_look, refer, reopen
from registers.crosschecks.actions.following import follow, follow_ledgers, run_whole
from registers.crosschecks.actions.running import Count, Counts, run_checks

__all__ = [
    "Count",
    "Counts",
    "challenge",
    "dispose",
    "follow",
    "follow_ledgers",
    "record_look",
    "refer",
    "reopen",
    "run_checks",
    "run_whole",
]

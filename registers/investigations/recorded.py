"""What an event's facts say of an investigation, line by line in this register's words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from integrity.casework.registry import Fact
from integrity.ui.templatetags.ui import day
from registers.investigations.enums import Outcome, Status


def recorded(facts: Mapping[str, Any]) -> Iterator[Fact]:
    """The lines of an ending, from what the ledger keeps of it and nothing else."""
    if "status" in facts:
        yield Fact("Status", Status(facts["status"]).label)
    if "outcome" in facts:
        yield Fact("Outcome", Outcome(facts["outcome"]).label)
    if "outcome_on" in facts:
        yield Fact("Date of the outcome", day(date.fromisoformat(facts["outcome_on"])))
    if facts.get("lessons"):
        yield Fact("Lessons to publish", facts["lessons"])

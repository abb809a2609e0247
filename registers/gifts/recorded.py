"""What an event's facts say of an offer, line by line in this register's words: for receipts."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from integrity.casework.case_page import YES_NO
from integrity.casework.enums import Stage
from integrity.casework.registry import Fact
from integrity.ui.templatetags.ui import day
from registers.gifts.enums import (
    Action,
    Disposal,
    ItemDecision,
    ItemKind,
    ProviderKind,
    Status,
    ValueKind,
)
from registers.gifts.facts import Value
from registers.gifts.policies import value_words


def recorded(facts: Mapping[str, Any]) -> Iterator[Fact]:
    """The lines of a submission or a decision, from what the ledger keeps of it and nothing else."""
    if "subject" in facts:
        yield Fact("Made to", facts["subject"])
    if "stated" in facts:
        yield from _offer(facts["stated"])
    if "outcome" in facts:
        yield Fact("Outcome", Status(facts["outcome"]).label)
    if "stage" in facts:
        yield Fact("Decided at the stage", Stage(facts["stage"]).label)
    if facts.get("conditions"):
        yield Fact("Conditions", facts["conditions"])
    if facts.get("action_taken"):
        yield Fact("What follows", Action(facts["action_taken"]).label)


def _offer(stated: Mapping[str, Any]) -> Iterator[Fact]:
    yield Fact("Offered on", day(date.fromisoformat(stated["offered_on"])))
    yield Fact("Offered by", f"{stated['provider']}\n{_provider_kind(stated)}")
    if stated["circumstances"]:
        yield Fact("Where and why", stated["circumstances"])
    items = stated["items"]
    for number, item in enumerate(items, start=1):
        label = f"Item {number}" if len(items) > 1 else "What was offered"
        yield Fact(label, "\n".join(_item(item)))
    if stated["genuine"] is not None:
        answers = ("genuine", "independent", "free", "transparent")
        said = ", ".join(f"{name}: {YES_NO[stated[name]].lower()}" for name in answers)
        yield Fact("GIFT test", "\n".join(filter(None, (said, stated["gift_test_note"]))))
    if stated["late_reason"]:
        yield Fact("Why it was late", stated["late_reason"])


def _item(item: Mapping[str, Any]) -> Iterator[str]:
    marks = {"light refreshments": item["light_refreshments"], "alcohol": item["alcohol"]}
    kinds = [ItemKind(item["kind"]).label.lower(), *(name for name, so in marks.items() if so)]
    yield f"{item['description']} ({', '.join(kinds)})"
    yield ItemDecision(item["decision"]).label
    yield from _worth(item)
    reason = ": ".join(filter(None, (item["reason"], item["reason_text"])))
    if reason:
        yield reason
    if item["disposal"]:
        to = f": {item['disposal_to']}" if item["disposal_to"] else ""
        yield f"{Disposal(item['disposal']).label}{to}"


def _provider_kind(stated: Mapping[str, Any]) -> str:
    kind = ProviderKind(stated["provider_kind"])
    return "What they are to the force is not known" if kind == ProviderKind.UNKNOWN else kind.label


def _worth(item: Mapping[str, Any]) -> Iterator[str]:
    low, high = (item[end] and Decimal(item[end]) for end in ("value_from", "value_to"))
    words = value_words(Value(item["value_kind"], low, high, item["value_words"]))
    yield f"Value: {words}"
    if item["value_kind"] == ValueKind.UNKNOWN and item["value_words"]:
        yield f"Value as written: {item['value_words']}"

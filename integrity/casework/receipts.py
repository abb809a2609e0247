"""Receipts of what was submitted and decided: who may have one, and what its page says.

The bytes of a receipt are the ledger's (integrity.audit.ledger); a register says which of its events
have one (``receipt`` in its table of transitions) and puts their facts into words.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from integrity.audit.ledger import receipt_of
from integrity.audit.models import Audience, Checkpoint, Event
from integrity.audit.verify_receipt import leaf_hash
from integrity.casework.models import Case
from integrity.casework.registry import Fact, named
from integrity.people.models import User
from integrity.ui.templatetags.ui import moment
from integrity.ui.wording import with_capital


@dataclass(frozen=True, slots=True)
class Seal:
    """The checkpoint that seals a receipt: how many entries it signs for, and when it was made."""

    size: int
    made_at: datetime
    note: str


def events_with_receipts(case: Case) -> QuerySet[Event]:
    """What was submitted and decided about a case. Each may be read by whoever may read the case."""
    names = named(case.register).workflow.receipted
    return Event.objects.filter(
        about="case", about_id=case.pk, audience=Audience.CASE, name__in=names
    )


def receipt_path(case: Case, event: Event) -> str:
    """Where the receipt of an event is; empty where it has none."""
    has_one = (
        event.name in named(case.register).workflow.receipted and event.audience == Audience.CASE
    )
    return reverse("casework:receipt", args=[case.reference, event.pk]) if has_one else ""


def newest_receipt(case: Case, *, by: User) -> str:
    """Where the receipt is of what somebody did last about a case; empty where there is none."""
    event = events_with_receipts(case).filter(actor_id=by.pk).order_by("-pk").first()
    return receipt_path(case, event) if event else ""


def receipt_page(case: Case, event: Event) -> dict[str, Any]:
    """What the page of a receipt shows: out of the receipt itself, and nothing else."""
    receipt = receipt_of(event)
    return {
        "case": case,
        "event": event,
        "receipt": receipt,
        "leaf": leaf_hash(receipt["entry"].encode()).hex(),
        "seal": seal_of(event, receipt),
        "recorded": list(recorded(case, receipt)),
        "check_url": f"{settings.SITE_URL}{reverse('ledger:check')}",
        "qr_label": f"QR code of the reference {case.reference}",
        "file_url": reverse("casework:receipt-file", args=[case.reference, event.pk]),
    }


def seal_of(event: Event, receipt: dict[str, Any]) -> Seal | None:
    """What sealed a receipt; None while it is provisional."""
    if not receipt["sealed"]:
        return None
    found = Checkpoint.objects.get(log__entries__payload=event.pk, note=receipt["checkpoint"])
    return Seal(found.size, found.made_at, found.note)


def recorded(case: Case, receipt: dict[str, Any]) -> Iterator[Fact]:
    """The payload of a receipt, line by line."""
    payload = json.loads(receipt["payload"])
    yield Fact("What happened", with_capital(payload["name"]))
    yield Fact("When", moment(datetime.fromisoformat(payload["at"])))
    yield Fact("By", payload["actor"])
    yield from named(case.register).recorded(payload["facts"])
    if payload["reason"]:
        yield Fact("Reason", payload["reason"])

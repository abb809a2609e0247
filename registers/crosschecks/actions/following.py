"""The checks run by themselves: they follow each force’s ledger, and run whole every night."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from integrity.audit.models import Log
from integrity.audit.scope import everywhere
from integrity.people.models import Force
from registers.business_interests.models import Interest
from registers.crosschecks.actions.running import Counts, run_checks
from registers.crosschecks.finding.ground import Changed
from registers.crosschecks.models import Cursor
from registers.gifts.models import Offer
from registers.media_contacts.models import Contact
from registers.procurement.models import Bidder, Card, ContractSupplier, Involvement

logger = logging.getLogger(__name__)

INSTALLATION: Final = (
    0  # the log of what belongs to no force: organisations, roles for a department
)
BURST: Final = 2_000  # more changes than that, and everything is compared once
AT_ONCE: Final = 20_000  # entries read at a time

# What a row of each table says of what changed: kind → the column that holds it.
DIRECT: Final[Mapping[str, Mapping[str, str]]] = {
    "gifts_offer": {"cases": "case_id"},
    "gifts_item": {"offers": "offer_id"},
    "business_interests_interest": {"cases": "case_id"},
    "business_interests_condition": {"interests": "interest_id"},
    "business_interests_review": {"interests": "interest_id"},
    "media_contacts_contact": {"cases": "case_id"},
    "media_contacts_contactspeaker": {"contacts": "contact_id"},
    "media_contacts_otherofficer": {"contacts": "contact_id", "people": "officer_id"},
    "procurement_contract": {"contracts": "id", "tenders": "tender_id"},
    "procurement_contractsupplier": {"organisations": "organisation_id"},
    "procurement_tender": {"tenders": "id"},
    "procurement_bidder": {"organisations": "organisation_id"},
    "procurement_payment": {"organisations": "organisation_id"},
    "procurement_purchase": {"organisations": "organisation_id", "cards": "card_id"},
    "procurement_card": {"cards": "id", "people": "holder_id"},
    "procurement_involvement": {"people": "person_id"},
    "people_rolegrant": {"people": "user_id"},
    "organisations_organisation": {"organisations": "id"},
    "organisations_merge": {"organisations": "organisation_id", "into": "into_id"},
    "organisations_mergesuggestion": {"organisations": "one_id", "into": "other_id"},
}
# Of the installation’s log, what a force shares with its department.
SHARED: Final = ("people_rolegrant", "organisations_organisation", "organisations_merge",
                 "organisations_mergesuggestion")  # fmt: skip

READ = """
SELECT count(*) AS entries, coalesce(max(seq) + 1, %(since)s) AS next FROM audit_entry
WHERE log_id = %(log)s AND seq >= %(since)s AND seq < %(since)s + %(most)s
"""
CHANGES = """
SELECT p.about, p.body::jsonb -> 'row' AS content
FROM audit_entry e JOIN audit_payload p ON p.id = e.payload_id
WHERE e.log_id = %(log)s AND e.seq >= %(since)s AND e.seq < %(until)s
  AND p.kind = 'row' AND p.about = ANY(%(tables)s)
  AND (%(log)s <> 0 OR (p.body::jsonb -> 'row' ->> 'department_id')::bigint = %(department)s)
LIMIT %(limit)s
"""


@dataclass(slots=True)
class Seen:
    """The ids that changes name, by kind."""

    ids: dict[str, set[int]] = field(default_factory=dict)
    changes: int = 0

    def of(self, kind: str) -> set[int]:
        return self.ids.get(kind, set())


def follow_ledgers(now: datetime) -> Mapping[str, int]:
    """Compare what changed in each force since its ledger was last read; says what came of it."""
    return _each_force(lambda force: follow(force, now=now))


def run_whole(now: datetime) -> Mapping[str, int]:
    """Compare everything of every force."""
    return _each_force(lambda force: run_checks(force, now=now))


def _each_force(run: Any) -> Mapping[str, int]:
    """Each force in a transaction of its own: one that fails leaves the others compared."""
    done = {"new": 0, "changed": 0, "gone": 0}
    with everywhere():
        forces = list(Force.objects.order_by("pk"))
    for force in forces:
        try:
            counts: Counts | None = run(force)
        except Exception:
            logger.exception("The cross-checks of %s failed.", force)
            continue
        for name in done if counts is not None else ():
            done[name] += counts.total()[name] if counts else 0
    return done


def follow(force: Force, *, now: datetime) -> Counts | None:
    """Read on in a force’s ledger and the installation’s, and compare what changed there.

    Nothing where nothing that matters changed. A burst, and a first time, compares everything once.
    """
    with everywhere():
        Cursor.objects.get_or_create(force=force)
        cursor = Cursor.objects.select_for_update(of=("self",)).get(force=force)
        first = cursor.whole_at is None
        seen = Seen()
        if first:
            cursor.entry, cursor.shared_entry = _size(force.pk), _size(INSTALLATION)
        else:
            cursor.entry = _read(force, force.pk, cursor.entry, seen)
            cursor.shared_entry = _read(force, INSTALLATION, cursor.shared_entry, seen)
        changed = changed_in(seen)
        counts = None
        if first or seen.changes > BURST:
            counts = run_checks(force, now=now)
        elif changed:
            counts = run_checks(force, now=now, changed=changed)
        cursor.run_at = now
        cursor.save(update_fields=["entry", "shared_entry", "run_at"])
        return counts


def _size(log: int) -> int:
    return Log.objects.filter(pk=log).values_list("size", flat=True).first() or 0


def _read(force: Force, log: int, since: int, seen: Seen) -> int:
    """The changes of a log from an entry on, until its end or a burst; returns where to read on."""
    while seen.changes <= BURST:
        with connection.cursor() as cursor:
            cursor.execute(READ, {"log": log, "since": since, "most": AT_ONCE})
            entries, until = cursor.fetchone()
            if not entries:
                return since
            cursor.execute(
                CHANGES,
                {
                    "log": log, "since": since, "until": until, "limit": BURST + 1,
                    "department": force.department_id,
                    "tables": list(SHARED if log == INSTALLATION else DIRECT),
                },
            )  # fmt: skip
            _note(cursor.fetchall(), seen)
        since = until
    return _size(log)


def _note(found: Iterable[tuple[str, Any]], seen: Seen) -> None:
    for table, content in found:
        seen.changes += 1
        row = content if isinstance(content, dict) else json.loads(content)
        for kind, column in DIRECT[table].items():
            if row.get(column) is not None:
                kind = "organisations" if kind == "into" else kind
                seen.ids.setdefault(kind, set()).add(row[column])


def changed_in(seen: Seen) -> Changed:
    """The organisations, people and cases that the changed rows are of."""
    cases = seen.of("cases") | {
        pk
        for model, kind in ((Offer, "offers"), (Interest, "interests"), (Contact, "contacts"))
        if seen.of(kind)
        for pk in model._default_manager.filter(pk__in=seen.of(kind)).values_list(
            "case_id", flat=True
        )
    }
    organisations, people = set(seen.of("organisations")), set(seen.of("people"))
    if seen.of("contracts") or seen.of("tenders"):
        within = {"contract__in": seen.of("contracts")}
        organisations |= _ids(ContractSupplier, "organisation_id", within)
        organisations |= _ids(
            ContractSupplier, "organisation_id", {"contract__tender__in": seen.of("tenders")}
        )
        tenders = {"tender__in": seen.of("tenders")}
        organisations |= _ids(Bidder, "organisation_id", tenders)
        people |= _ids(Involvement, "person_id", tenders) | _ids(Involvement, "person_id", within)
    if seen.of("cards"):
        people |= _ids(Card, "holder_id", {"pk__in": seen.of("cards"), "holder__isnull": False})
    return Changed(frozenset(organisations), frozenset(people), frozenset(cases))


def _ids(model: Any, column: str, within: Mapping[str, Any]) -> set[int]:
    return set(model._default_manager.filter(**within).values_list(column, flat=True))

"""A compiled OCDS release as awards, suppliers and a tender."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from integrity.casework.importing.money import PENNY
from integrity.casework.importing.rows import shortened
from integrity.casework.importing.values import UnreadableDate, parse_date
from registers.procurement.enums import AwardStatus, TenderStatus
from registers.procurement.facts import (
    LONGEST_NAME,
    LONGEST_TITLE,
    AwardFacts,
    SupplierFacts,
    TenderFacts,
)
from registers.procurement.reading.names import clean, supplier
from registers.procurement.reading.ocds_release import (
    NO_DATE,
    Release,
    identifier_of,
    identifier_of_award,
)
from registers.procurement.reading.redacted import is_redacted
from registers.procurement.reading.tables import charity_number, company_number

LONDON: Final = ZoneInfo("Europe/London")
# How org-id.guide calls the registers of companies and of charities.
COMPANIES: Final = {"GB-COH"}
CHARITIES: Final = {"GB-CHC", "GB-SC", "GB-NIC"}

AWARD_STATUSES: Final = frozenset(AwardStatus.values)
TENDER_STATUSES: Final = frozenset(TenderStatus.values)

type Warn = Callable[[str, str], None]


def awards_of(compiled: Release, warn: Warn) -> list[AwardFacts]:
    """The awards of a contracting process as they now stand; `warn` takes a place and a reason."""
    parties = _parties(compiled)
    return [_award(compiled, award, parties, warn) for award in _objects(compiled.get("awards"))]


def tender_of(compiled: Release, warn: Warn) -> TenderFacts | None:
    """The tender of a contracting process, or None where it has none."""
    tender = _object(compiled.get("tender"))
    if not tender:
        return None
    amount, currency = _value(tender, "tender/value", warn)
    period = _object(tender.get("tenderPeriod"))
    return TenderFacts(
        identifier=compiled["ocid"],
        title=_title(warn, "tender/title", tender, compiled),
        description=_words(tender.get("description")),
        status=_status(tender, TENDER_STATUSES, "tender/status", warn),
        opens_on=_day(period.get("startDate") or tender.get("datePublished"), "tender", warn),
        closes_on=_day(period.get("endDate"), "tender/tenderPeriod/endDate", warn),
        amount=amount,
        currency=currency,
        buyer=buyer_of(compiled),
        where=compiled["ocid"],
        bidders=_suppliers(tender.get("tenderers"), _parties(compiled), "tender", warn),
    )


def _award(
    compiled: Release, award: dict[str, Any], parties: dict[str, dict[str, Any]], warn: Warn
) -> AwardFacts:
    ocid, where = compiled["ocid"], f"award {award['id']}"
    tender = _object(compiled.get("tender"))
    amount, currency = _value(award, where, warn)
    period = _object(award.get("contractPeriod")) or _object(tender.get("contractPeriod"))
    return AwardFacts(
        identifier=identifier_of_award(ocid, award["id"]),
        ocid=ocid,
        title=_title(warn, where, award, tender, compiled),
        description=_words(award.get("description") or tender.get("description")),
        status=_status(award, AWARD_STATUSES, where, warn),
        awarded_on=_day(award.get("date"), f"{where} date", warn),
        starts_on=_day(period.get("startDate"), f"{where} start", warn),
        ends_on=_day(period.get("endDate"), f"{where} end", warn),
        amount=amount,
        currency=currency,
        suppliers=_winners(award, parties, where, warn),
        buyer=buyer_of(compiled),
        category=_category(tender),
        where=ocid,
        published_at=None
        if compiled["date"] == NO_DATE
        else dt.datetime.fromisoformat(compiled["date"]),
    )


def _winners(
    award: dict[str, Any], parties: dict[str, dict[str, Any]], where: str, warn: Warn
) -> tuple[SupplierFacts, ...]:
    found = _suppliers(award.get("suppliers"), parties, where, warn)
    if not found:
        warn(where, "The award names no supplier.")
    return found


def _suppliers(
    named: Any, parties: dict[str, dict[str, Any]], where: str, warn: Warn
) -> tuple[SupplierFacts, ...]:
    found: dict[SupplierFacts, None] = {}
    for each in _objects(named):
        key = identifier_of(each.get("id"))
        party = parties.get(key, {})
        name = _words(each.get("name")) or _name_of(party)
        if not name:
            warn(where, f"Supplier '{shortened(key)}' has no name, so it is left out.")
        elif len(name) > LONGEST_NAME:
            warn(where, f"'{shortened(name)}' is too long for a name, so it is left out.")
        elif is_redacted(name):
            warn(where, f"'{shortened(name)}' withholds the supplier’s name, so it is none.")
        else:
            found[_supplier(name, key, party, where, warn)] = None
    return tuple(found)


def _supplier(name: str, key: str, party: dict[str, Any], where: str, warn: Warn) -> SupplierFacts:
    known = dict(_identifiers(key, party))
    problems: list[str] = []
    address = _object(party.get("address"))
    companies = [number for scheme, number in known.items() if scheme in COMPANIES]
    charities = [number for scheme, number in known.items() if scheme in CHARITIES]
    facts = supplier(
        name,
        company_number=company_number(next(iter(companies), ""), problems),
        charity_number=charity_number(next(iter(charities), ""), problems),
        place=_words(address.get("locality"))[:LONGEST_NAME],
        problems=tuple(problems),
    )
    for problem in problems:
        warn(where, f"{shortened(name)}: {problem}")
    return facts


def _identifiers(key: str, party: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """The registers a party is in and its number there; the first of a register counts."""
    told = [_object(party.get("identifier")), *_objects(party.get("additionalIdentifiers"))]
    pairs = [(_words(each.get("scheme")).upper(), identifier_of(each.get("id"))) for each in told]
    if not any(scheme in COMPANIES for scheme, _ in pairs):
        prefix = next((scheme for scheme in COMPANIES | CHARITIES if key.startswith(scheme)), "")
        if prefix:
            pairs.append((prefix, key.removeprefix(prefix).lstrip("-")))
    return reversed([(scheme, number) for scheme, number in pairs if number])


def _parties(compiled: Release) -> dict[str, dict[str, Any]]:
    return {identifier_of(party.get("id")): party for party in _objects(compiled.get("parties"))}


def _name_of(party: dict[str, Any]) -> str:
    return _words(party.get("name")) or _words(_object(party.get("identifier")).get("legalName"))


def buyer_of(compiled: Release) -> str:
    """Who buys, as the release names them, or ''."""
    buyer = _object(compiled.get("buyer"))
    party = _parties(compiled).get(identifier_of(buyer.get("id")), {})
    return (_words(buyer.get("name")) or _name_of(party))[:LONGEST_NAME]


def _category(tender: dict[str, Any]) -> str:
    classification = _object(tender.get("classification"))
    words = _words(classification.get("description")) or _words(
        tender.get("mainProcurementCategory")
    )
    return shortened(words, LONGEST_NAME)


def _title(warn: Warn, where: str, *owners: dict[str, Any]) -> str:
    """The title of an award, or else of its tender, or of the release."""
    title = next(filter(None, (_words(owner.get("title")) for owner in owners)), "")
    if not title:
        described = next(filter(None, (_words(owner.get("description")) for owner in owners)), "")
        return shortened(described, LONGEST_TITLE) or "Untitled"
    if len(title) > LONGEST_TITLE:
        warn(where, f"The title is longer than the {LONGEST_TITLE} characters we keep; it is cut.")
    return shortened(title, LONGEST_TITLE)


def _value(owner: dict[str, Any], where: str, warn: Warn) -> tuple[Decimal | None, str]:
    value = _object(owner.get("value"))
    amount = value.get("amount")
    currency = _words(value.get("currency")).upper() or "GBP"
    if amount is None:
        return None, currency if len(currency) == 3 else "GBP"
    if len(currency) != 3:
        warn(where, f"'{shortened(currency)}' is no currency, so the value is unknown.")
        return None, "GBP"
    if currency != "GBP":
        warn(where, f"The value is in {currency}, so it is in no total.")
    return Decimal(repr(amount)).quantize(PENNY), currency


def _status(owner: dict[str, Any], known: Collection[str], where: str, warn: Warn) -> str:
    words = _words(owner.get("status")).lower()
    if words and words not in known:
        warn(where, f"'{shortened(words)}' is no status of OCDS 1.1; it is taken as active.")
    return words if words in known else "active"


def _day(value: Any, where: str, warn: Warn) -> dt.date | None:
    """The day in the United Kingdom of a date and time; a warning where it is none."""
    if value is None or value == "":
        return None
    text = _words(value)
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo:
            moment = moment.astimezone(LONDON)
        return parse_date(moment)
    except (ValueError, OverflowError):
        pass
    except UnreadableDate as error:
        warn(where, f"{error} It is taken without.")
        return None
    try:
        return parse_date(text)
    except UnreadableDate as error:
        warn(where, f"{error} It is taken without.")
        return None


def _words(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []

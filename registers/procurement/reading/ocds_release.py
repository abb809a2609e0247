"""One OCDS release: what must be right of it, and the part of it that we read."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from integrity.casework.importing.rows import shortened
from registers.procurement.facts import LONGEST_IDENTIFIER, LONGEST_WHERE
from registers.procurement.reading.names import clean

SCHEMA: Final = Path(__file__).with_name("schema") / "1.1.5-release-schema.json"
# A release without a readable date counts as older than any other of its process.
NO_DATE: Final = "0001-01-01T00:00:00+00:00"

COUNTED_BREAKS: Final = 20

type Release = dict[str, Any]


class Unusable(Exception):
    """A release that cannot be understood: the place in it, and a sentence that says why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@cache
def _validator() -> jsonschema_rs.Draft4Validator:
    return jsonschema_rs.Draft4Validator(
        SCHEMA.read_text(encoding="utf-8"), validate_formats=True, retriever=_nothing_fetched
    )


def _nothing_fetched(address: str) -> Any:
    raise ValueError(f"{address} is not part of the schema we have.")


def breaks_of_schema(release: Release) -> str:
    """How a release breaks the OCDS 1.1 schema, in a sentence; '' where it does not."""
    broken = list(islice(_validator().iter_errors(release), COUNTED_BREAKS + 1))
    if not broken:
        return ""
    first = broken[0]
    place = "/".join(map(str, first.instance_path)) or "the release"
    more = f"{len(broken) - 1}" if len(broken) <= COUNTED_BREAKS else f"{COUNTED_BREAKS} or"
    also = f" and in {more} more places" if len(broken) > 1 else ""
    said = shortened(clean(str(first.message)), 120)
    return f"The release breaks the OCDS 1.1 schema at {shortened(place)}: {said}{also}."


def trimmed(release: Any) -> Release:
    """The part of a release that we read, of the types that we expect.

    Raises Unusable where something we need is of another type, or not there.
    """
    if not isinstance(release, dict):
        raise Unusable("", "The release is not an object.")
    ocid = identifier_of(release.get("ocid"))
    if not ocid:
        raise Unusable("ocid", "The release has no ocid, so nobody can say what it is about.")
    if len(ocid) > LONGEST_WHERE:
        raise Unusable("ocid", f"The ocid is longer than {LONGEST_WHERE} characters.")
    tender = release.get("tender")
    if tender is not None and not isinstance(tender, dict):
        raise Unusable("tender", "The tender is not an object.")
    _check_value(tender or {}, "tender/value/amount")
    found: Release = {
        "ocid": ocid,
        "date": _moment(release.get("date")),
        **_plain(release, "title", "description"),
        "buyer": _object(release, "buyer", "id", "name"),
        "tender": _tender(tender or {}),
        "parties": [_party(each) for each in _objects(release, "parties") if _id(each)],
        "awards": [_award(award, place, ocid) for place, award in _awards(release)],
    }
    return {name: value for name, value in found.items() if value not in ([], {})}


def _tender(tender: dict[str, Any]) -> dict[str, Any]:
    named = _objects(tender, "tenderers")
    bidders = [{"id": _id(each), **_plain(each, "name")} for each in named if _id(each)]
    return {
        **_plain(
            tender, "title", "description", "status", "mainProcurementCategory", "datePublished"
        ),
        **_held(tender, "classification", "scheme", "id", "description"),
        **_held(tender, "value", "amount", "currency"),
        **_held(tender, "tenderPeriod", "startDate", "endDate"),
        **_held(tender, "contractPeriod", "startDate", "endDate"),
        **({"tenderers": bidders} if bidders else {}),
    }


def _party(party: dict[str, Any]) -> dict[str, Any]:
    others = [_plain(each, "scheme", "id") for each in _objects(party, "additionalIdentifiers")]
    return {
        "id": _id(party),
        **_plain(party, "name"),
        **_held(party, "identifier", "scheme", "id", "legalName"),
        **_held(party, "address", "locality"),
        "additionalIdentifiers": others,
    }


def _plain(owner: dict[str, Any], *names: str) -> dict[str, Any]:
    """Those of the fields that hold a text, a number or nothing: lists and objects merge."""
    return {
        name: owner[name]
        for name in names
        if name in owner and not isinstance(owner[name], dict | list)
    }


def _object(owner: dict[str, Any], name: str, *names: str) -> dict[str, Any]:
    held = owner.get(name)
    return _plain(held, *names) if isinstance(held, dict) else {}


def _held(owner: dict[str, Any], name: str, *names: str) -> dict[str, Any]:
    held = _object(owner, name, *names)
    return {name: held} if held else {}


def _id(owner: dict[str, Any]) -> str:
    return identifier_of(owner.get("id"))


def identifier_of(value: Any) -> str:
    """An identifier as text: a number is one, '' where it is anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return clean(value) if isinstance(value, str) else ""


def identifier_of_award(ocid: str, award: str) -> str:
    """What names an award among all processes: its id alone may be '1' in every one of them."""
    return award if award.startswith(ocid) else f"{ocid}/{award}"


def _moment(value: Any) -> str:
    """A date and time as texts that sort in order, whatever their time zone."""
    if not isinstance(value, str):
        return NO_DATE
    try:
        moment = dt.datetime.fromisoformat(value.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return NO_DATE


def _objects(release: Release, name: str) -> list[dict[str, Any]]:
    found = release.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _awards(release: Release) -> Iterable[tuple[int, Any]]:
    awards = release.get("awards")
    if awards is None:
        return ()
    if not isinstance(awards, list):
        raise Unusable("awards", "The awards are not a list.")
    return enumerate(awards)


def _award(award: Any, place: int, ocid: str) -> dict[str, Any]:
    where = f"awards/{place}"
    if not isinstance(award, dict):
        raise Unusable(where, "The award is not an object.")
    _check_value(award, f"{where}/value/amount")
    suppliers = award.get("suppliers")
    if suppliers is not None and not isinstance(suppliers, list):
        raise Unusable(f"{where}/suppliers", "The suppliers are not a list.")
    # Without an id an update could not replace it, so its place in the list stands for one.
    identifier = _id(award) or str(place + 1)
    if len(identifier_of_award(ocid, identifier)) > LONGEST_IDENTIFIER:
        reason = f"The award’s id, with the ocid, is longer than {LONGEST_IDENTIFIER} characters."
        raise Unusable(f"{where}/id", reason)
    found = {
        "id": identifier,
        **_plain(award, "title", "description", "status", "date"),
        **_held(award, "value", "amount", "currency"),
        **_held(award, "contractPeriod", "startDate", "endDate"),
    }
    if suppliers is not None:
        found["suppliers"] = [_plain(each, "id", "name") for each in _objects(award, "suppliers")]
    return found


def _check_value(owner: dict[str, Any], where: str) -> None:
    value = owner.get("value")
    if value is None:
        return
    if not isinstance(value, dict):
        raise Unusable(where.removesuffix("/amount"), "The value is not an object.")
    amount = value.get("amount")
    if amount is None:
        return
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        said = shortened(clean(amount))
        raise Unusable(where, f"The amount is not a number but '{said}'.")
    if amount < 0:
        raise Unusable(where, f"The amount {amount} is below nothing.")
    if amount >= 10**12 - 1:
        raise Unusable(where, f"The amount {amount} is too large to be meant.")


def without_what_stands_for(release: Any) -> list[str]:
    """What the schema lets be missing or odd, but an update depends on."""
    said = []
    if _moment(release.get("date")) == NO_DATE:
        said.append("The release has no date we can read, so any other of its process is newer.")
    ids = [_id(award) for award in _objects(release, "awards")]
    if not all(ids):
        said.append("An award has no id; its place in the list stands for one.")
    if len(set(ids)) < len(ids) and all(ids):
        said.append("Two awards of one release have the same id, so the later one counts.")
    return said

"""Names that meet in the records of one person: there few could be meant, so likeness tells more.

Among thousands of suppliers 'Orion' may be anybody; beside an officer's own 'Orion Security' it is
hardly somebody else. So these names are compared by themselves, without the list.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from rapidfuzz import fuzz, process

from integrity.people.models import Force
from registers.crosschecks.finding.base import rows
from registers.crosschecks.pairs import Alike
from registers.organisations.models import Organisation
from registers.organisations.policies import of_100

SURE_ENOUGH: Final = 50  # of 100
SHARED: Final = 75  # rapidfuzz's token_set_ratio: less is not worth the matcher's time
LONGEST_INITIALS: Final = 5

# Whom each person declared, and with whom their work brings them together.
MET = """
WITH met AS (
  SELECT c.subject_id AS person_id, o.provider_organisation_id AS org, true AS declared
  FROM gifts_offer o JOIN casework_case c ON c.id = o.case_id
  WHERE c.force_id = %(force)s AND o.status <> 'withdrawn'
  UNION
  SELECT c.subject_id, i.organisation_id, true
  FROM business_interests_interest i JOIN casework_case c ON c.id = i.case_id
  WHERE c.force_id = %(force)s AND i.status <> 'withdrawn'
  UNION
  SELECT c.subject_id, p.outlet_id, false
  FROM media_contacts_contact t JOIN casework_case c ON c.id = t.case_id
  JOIN media_contacts_contactspeaker p ON p.contact_id = t.id AND NOT p.struck
  WHERE c.force_id = %(force)s AND t.status <> 'withdrawn'
  UNION
  SELECT k.holder_id, p.organisation_id, false
  FROM procurement_card k JOIN procurement_purchase p ON p.card_id = k.id
  WHERE k.force_id = %(force)s
  UNION
  SELECT v.person_id, b.organisation_id, false
  FROM procurement_involvement v JOIN procurement_bidder b ON b.tender_id = v.tender_id
  WHERE v.force_id = %(force)s
  UNION
  SELECT v.person_id, s.organisation_id, false
  FROM procurement_involvement v
  JOIN procurement_contract k ON k.id = v.contract_id OR k.tender_id = v.tender_id
  JOIN procurement_contractsupplier s ON s.contract_id = k.id AND s.left_on IS NULL
  WHERE v.force_id = %(force)s
)
SELECT m.person_id, coalesce(o.merged_into_id, o.id) AS root, bool_or(m.declared) AS declared
FROM met m JOIN organisations_organisation o ON o.id = m.org
WHERE m.person_id IS NOT NULL AND (%(everybody)s OR m.person_id = ANY(%(people)s))
GROUP BY 1, 2
"""


def at_hand(force: Force, people: Collection[int] | None) -> Iterator[Alike]:
    """The pairs of records that are likely one, among what each person, or only some, declared or met."""
    from registers.organisations.matching.model import shipped
    from registers.organisations.matching.normalise import parse
    from registers.organisations.matching.reasons import explain
    from registers.organisations.matching.scoring import score_pairs

    whose = _worth_scoring(force, people)
    near = sorted(whose)
    names = {pk: each.name for pk, each in _records(pk for pair in near for pk in pair).items()}
    written = [(names[one], names[other]) for one, other in near]
    for (one, other), said, score in zip(
        near, written, score_pairs(written, shipped()) if written else (), strict=True
    ):
        if (likeness := of_100(float(score))) >= SURE_ENOUGH:
            why = f"{explain(parse(said[0]), parse(said[1]))}; both in this person’s records"
            yield Alike(one, other, likeness, why, frozenset(whose[one, other]))


def _worth_scoring(
    force: Force, people: Collection[int] | None
) -> Mapping[tuple[int, int], set[int]]:
    """Pairs of records, and in whose records each meets."""
    met: dict[int, dict[int, bool]] = defaultdict(dict)
    asked = {"force": force.pk, "everybody": people is None, "people": list(people or ())}
    for row in rows(MET, **asked):
        met[row["person_id"]][row["root"]] = row["declared"]
    records = _records(root for roots in met.values() for root in roots)
    whose: dict[tuple[int, int], set[int]] = defaultdict(set)
    for person, roots in met.items():
        for one, other in _near(roots, records):
            if not _numbers_differ(records[one], records[other]):
                whose[min(one, other), max(one, other)].add(person)
    return whose


def _records(pks: Iterable[int]) -> dict[int, Organisation]:
    fields = ("id", "name", "key", "company_number", "charity_number")
    return Organisation.objects.only(*fields).in_bulk(set(pks))


def _near(roots: dict[int, bool], records: dict[int, Organisation]) -> Iterator[tuple[int, int]]:
    """What this person declared beside all of theirs that shares words with it, or its initials."""
    every = [root for root in roots if root in records]
    keys = [records[root].key for root in every]
    for one in (root for root in every if roots[root]):
        key = records[one].key
        for _, _, place in process.extract_iter(
            key, keys, scorer=fuzz.token_set_ratio, score_cutoff=SHARED
        ):
            if every[place] != one:
                yield one, every[place]
        for other, known in zip(every, keys, strict=True):
            if other != one and (_initials_of(known, key) or _initials_of(key, known)):
                yield one, other


def _initials_of(short: str, name: str) -> bool:
    words = name.split()
    few = len(words) > 1 and len(short) <= LONGEST_INITIALS
    return few and short == "".join(word[0] for word in words if word != "and")


def _numbers_differ(one: Organisation, other: Organisation) -> bool:
    company = {one.company_number, other.company_number} - {""}
    charity = {one.charity_number, other.charity_number} - {""}
    return len(company) > 1 or len(charity) > 1

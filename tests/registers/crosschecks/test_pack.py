"""The meeting pack: its figures against SQL of their own, who reads which part, and its files."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from integrity.audit.models import Event
from integrity.casework.quarters import quarter_named, quarter_of
from integrity.people.models import User
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.models import Match
from registers.crosschecks.pack import MATCHES_SHOWN, Pack, pack_of
from registers.crosschecks.pack_files import pdf, workbook
from registers.gifts.enums import Verb
from registers.organisations import actions as organising
from registers.organisations.enums import Ruling
from registers.organisations.models import Merge, MergeSuggestion, Organisation
from registers.procurement import actions as buying
from registers.procurement.enums import AwardStatus, Verdict
from tests import contacts, procurement
from tests import matches as making
from tests.builders import NOW, World, accepted, declare, item, perform, pounds
from tests.plugins.database import as_superuser
from tests.registers.procurement.desk_of import signed_in, words

pytestmark = pytest.mark.django_db
PAGE = reverse("psd:meeting-pack")
Q2 = quarter_of(date(2026, 6, 15))
APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
FORMULA = "=cmd|' /C calc'!A0"
_numbers = count(1)


def match(world: World, check: Check, *, found_at: datetime = APRIL, **details: Any) -> Match:
    """A match as the checks would leave it."""
    number = next(_numbers)
    return Match.objects.create(
        **{
            "force": world.northmoor,
            "check_name": check,
            "key": f"key-{number}",
            "score": 50,
            "sentence": f"Match {number} says why.",
            "signature": f"{number:064}",
            "happened_on": found_at.date(),
            "found_at": found_at,
            "changed_at": found_at,
            **details,
        }
    )


def dispose(found: Match, disposition: Disposition, by: User, at: datetime = NOW) -> Match:
    found.disposition, found.disposed_at, found.disposed_by = disposition, at, by
    found.reason, found.disposed_signature = "Looked at.", found.signature
    found.save()
    return found


def rows(pack: Pack, slug: str) -> list[tuple[Any, ...]]:
    tables = [each for each in pack.sections if each.slug == slug]
    return [tuple(cell.value for cell in row) for each in tables for row in each.rows]


def pack_for(world: World, reader: User, force: Any = None) -> Pack:
    return pack_of(force or world.northmoor, Q2, reader=reader)


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def busy(world: World) -> None:
    """A quarter with something of everything, and as much just outside it."""
    root, other = procurement.suppliers_of(world, "Halcyon Fleet Ltd", "Fleet of Halcyon")
    Organisation.objects.filter(pk=other.pk).update(merged_into=root)
    contacts.outlets(world)
    for provider, value, on in (
        ("Halcyon Fleet Ltd", 30, date(2026, 4, 1)),
        ("Fleet of Halcyon", 20, date(2026, 5, 5)),
        ("Halcyon Fleet Ltd", 70, date(2026, 3, 31)),
        ("Brook Catering", 15, date(2026, 6, 10)),
        (contacts.GAZETTE, 12, date(2026, 6, 10)),
    ):
        details = {"organisation": provider, "offered_on": on, "late_reason": "I was away."}
        declare(world.constable, accepted(value), item(pounds(1, 4)), **details)
    withdrawn = declare(world.constable, item(9), organisation="Brook Catering")
    perform(Verb.WITHDRAW, withdrawn, by=world.constable, in_world=world)
    declare(world.harbour_constable, item(9), organisation="Brook Catering")
    procurement.contract(world.northmoor, root)
    procurement.contract(world.northmoor, "Brook Catering", status=AwardStatus.CANCELLED)
    procurement.payment(world.northmoor, other, "120.50", paid_on=date(2026, 6, 30))
    procurement.payment(world.northmoor, root, "80.00", paid_on=date(2026, 7, 1))
    procurement.payment(world.northmoor, "Redacted", 5, redacted=True)
    contacts.log(world.constable, hospitality=True)
    contacts.log(world.constable)


# --- figures --------------------------------------------------------------------------------------


def test_providers_add_up_as_sql_has_them(world: World) -> None:
    busy(world)
    expected = sql(
        """
        WITH worth AS (
          SELECT o.id, coalesce(org.merged_into_id, org.id) AS root,
                 (SELECT coalesce(sum(coalesce(i.value_to, i.value_from)), 0)
                    FROM gifts_item i WHERE i.offer_id = o.id AND NOT i.struck) AS pounds
            FROM gifts_offer o
            JOIN casework_case c ON c.id = o.case_id
            JOIN organisations_organisation org ON org.id = o.provider_organisation_id
           WHERE c.force_id = %s AND o.status <> 'withdrawn'
             AND o.offered_on >= '2026-04-01' AND o.offered_on < '2026-07-01')
        SELECT org.name, count(*), sum(pounds) FROM worth
          JOIN organisations_organisation org ON org.id = root
         GROUP BY org.name ORDER BY 2 DESC, 3 DESC, 1
        """,
        world.northmoor.pk,
    )
    assert rows(pack_for(world, world.reviewer), "providers") == expected
    assert expected[0] == ("Halcyon Fleet Ltd", 2, Decimal("58.00"))
    assert len(expected) == 3


def test_suppliers_who_offered_as_sql_has_them(world: World) -> None:
    busy(world)
    for reader in (world.reviewer, world.procurement_officer):
        ((name, offers, value, contracts, paid),) = rows(pack_for(world, reader), "suppliers")
        ((expected_contracts,),) = sql(
            "SELECT count(DISTINCT s.contract_id) FROM procurement_contractsupplier s"
            " JOIN procurement_contract c ON c.id = s.contract_id"
            " JOIN organisations_organisation o ON o.id = s.organisation_id"
            " WHERE c.force_id = %s AND c.status IN ('active', 'pending')"
            " AND o.name IN ('Halcyon Fleet Ltd', 'Fleet of Halcyon')",
            world.northmoor.pk,
        )
        ((expected_paid,),) = sql(
            "SELECT sum(p.amount) FROM procurement_payment p"
            " JOIN organisations_organisation o ON o.id = p.organisation_id"
            " WHERE p.force_id = %s AND p.paid_on BETWEEN '2026-04-01' AND '2026-06-30'"
            " AND o.name IN ('Halcyon Fleet Ltd', 'Fleet of Halcyon')",
            world.northmoor.pk,
        )
        assert (name, offers, value) == ("Halcyon Fleet Ltd", 2, Decimal(58))
        assert (contracts, paid) == (expected_contracts, expected_paid) == (1, Decimal("120.50"))


def test_a_supplier_that_was_ever_paid_counts(world: World) -> None:
    busy(world)
    procurement.payment(world.northmoor, "Brook Catering", 10, paid_on=date(2024, 1, 1))
    found = rows(pack_for(world, world.reviewer), "suppliers")
    assert ("Brook Catering", 1, Decimal(19), 0, Decimal(0)) in found


def test_matches_as_sql_counts_them_to_londons_midnight(world: World) -> None:
    check = Check.OFFER_BEFORE_AWARD
    first = datetime(2026, 3, 31, 23, 0, tzinfo=UTC)  # midnight of 1 April in London
    last = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
    for at in (first - timedelta(minutes=1), first, last, last + timedelta(minutes=1)):
        match(world, check, found_at=at)
    match(world, Check.CARD_SPLIT)
    dispose(match(world, Check.CARD_SPLIT), Disposition.KNOWN, world.reviewer)
    changed = dispose(match(world, Check.CARD_SPLIT), Disposition.KNOWN, world.reviewer)
    Match.objects.filter(pk=changed.pk).update(signature="f" * 64)
    with as_superuser():
        expected = sql(
            "SELECT check_name, count(*), count(*) FILTER (WHERE gone_at IS NULL"
            " AND signature <> disposed_signature) FROM crosschecks_match WHERE force_id = %s"
            " AND (found_at AT TIME ZONE 'Europe/London')::date"
            " BETWEEN '2026-04-01' AND '2026-06-30' GROUP BY 1 ORDER BY 2 DESC, 1",
            world.northmoor.pk,
        )
    told = [(str(Check(name).label), new, left) for name, new, left in expected]
    assert rows(pack_for(world, world.reviewer), "new-matches") == told
    assert told == [
        ("Purchases split under the limit", 3, 2),
        ("Hospitality, then a contract", 2, 2),
    ]


def test_rulings_and_merges_are_the_departments(world: World) -> None:
    names = ("Abel Arms", "Abel Arms Inn", "Cobb Cars", "Cobb Cabs", "Dale Dogs", "Dale Dog Food")
    made = procurement.suppliers_of(world, *names)
    ruled = (Ruling.SAME, Ruling.DIFFERENT, "")
    for one, other, ruling in zip(made[::2], made[1::2], ruled, strict=True):
        said = {"ruling": ruling, "ruled_at": NOW, "ruled_by": world.reviewer} if ruling else {}
        MergeSuggestion.objects.create(
            department=world.alliance_psd, one=one, other=other, score=90, why="Alike",
            found_at=APRIL, **said,
        )  # fmt: skip
    Merge.objects.create(
        department=world.alliance_psd, organisation=made[1], into=made[0], reason="One house",
        merged_at=NOW, merged_by=world.reviewer, undone_at=NOW, undone_by=world.reviewer,
        undone_reason="Two",
    )  # fmt: skip
    assert rows(pack_for(world, world.psd_head), "rulings") == [
        ("The same organisation: merged", 1),
        ("Different organisations", 1),
        ("Merge undone", 1),
    ]


def test_what_was_said_once_counts_once_also_when_it_is_taken_back(world: World) -> None:
    one, other = procurement.suppliers_of(world, "Abel Arms", "Abel Arms Inn")
    said = making.suggestion(one, other)
    by = {"by": world.reviewer, "now": NOW}
    organising.rule(said, ruling=Ruling.SAME, note="", **by)
    assert [many for _, many in rows(pack_for(world, world.psd_head), "rulings")] == [1, 0, 0]
    organising.unmerge(Merge.objects.get(), reason="Two houses.", **by)
    assert [many for _, many in rows(pack_for(world, world.psd_head), "rulings")] == [1, 0, 1]


def test_another_force_and_another_quarter_are_empty(world: World) -> None:
    busy(world)
    match(world, Check.CARD_SPLIT)
    for pack in (
        pack_for(world, world.reviewer, world.eastvale),
        pack_of(world.northmoor, quarter_of(date(2020, 1, 1)), reader=world.reviewer),
    ):
        counts = {"rulings", "reviews"}
        assert not [s.slug for s in pack.sections if s.rows and s.slug not in counts]
        assert {number for slug in counts for _, number in rows(pack, slug)} == {0}


# --- who reads what -------------------------------------------------------------------------------


def test_each_reads_their_part(world: World) -> None:
    shared = ["new-matches", "foremost", "disposed"]
    psd = [
        *shared, "providers", "suppliers", "rulings", "reviews", "not-right", "media-hospitality",
        "outlets",
    ]  # fmt: skip
    parts = {
        world.reviewer: psd,
        world.procurement_officer: [*shared, "suppliers", "reviews", "not-right"],
        world.press_officer: ["media-hospitality", "outlets"],
    }
    for reader, expected in parts.items():
        assert [each.slug for each in pack_for(world, reader).sections] == expected
    match(world, Check.MEDIA_HOSPITALITY, for_psd=False)
    slugs = [each.slug for each in pack_for(world, world.press_officer).sections]
    assert slugs == [*shared, *parts[world.press_officer]]


def test_psds_matches_are_nobody_elses(world: World) -> None:
    match(world, Check.OFFER_BEFORE_AWARD, sentence="PSD’s own.")
    match(world, Check.CARD_SPLIT, sentence="Procurement’s own.", for_psd=False)
    match(world, Check.MEDIA_HOSPITALITY, sentence="The media’s.", for_psd=False)
    match(world, Check.CARD_SPLIT, sentence="About the reviewer.", person=world.reviewer)
    read = {
        reader: {row[0] for row in rows(pack_for(world, reader), "foremost")}
        for reader in (
            world.psd_head,
            world.reviewer,
            world.other_reviewer,
            world.procurement_officer,
            world.press_officer,
        )
    }
    three = {"PSD’s own.", "Procurement’s own.", "The media’s."}
    assert read == {
        world.psd_head: three,  # who manages the reviewer
        world.reviewer: three,
        world.other_reviewer: three | {"About the reviewer."},
        world.procurement_officer: {"Procurement’s own.", "The media’s."},
        world.press_officer: {"The media’s."},
    }


def test_a_referral_shows_to_psd_alone(world: World) -> None:
    for disposition in (Disposition.COINCIDENCE, Disposition.REFERRED):
        made = match(world, Check.CARD_SPLIT, for_psd=False)
        dispose(made, disposition, world.psd_head)
    card = procurement.card(world.constable)
    for verdict in Verdict:
        made_purchase = procurement.purchase(
            card, justification="Pens", justified_at=NOW, justified_by=world.constable
        )
        buying.review(
            made_purchase, verdict=verdict, remarks=f"Because {verdict}.",
            by=world.procurement_officer, now=NOW,
        )  # fmt: skip
    psd, theirs = pack_for(world, world.reviewer), pack_for(world, world.procurement_officer)
    assert ("Referred for investigation", 1) in rows(psd, "disposed")
    assert ("Referred to PSD", 1) in rows(psd, "reviews")
    assert rows(theirs, "disposed") == [("Disposed of", 2)]
    assert rows(theirs, "reviews") == [("Right", 1), ("Not right", 1)]
    assert [row[-1] for row in rows(theirs, "not-right")] == ["Because wrong."]
    said = words(signed_in(world.procurement_officer).get(f"{PAGE}?quarter=2026-2")).lower()
    assert "referred" not in said
    for page in (said, words(signed_in(world.reviewer).get(f"{PAGE}?force=NMR&quarter=2026-2"))):
        assert "investigation" not in page.lower().replace("referred for investigation", "")


def test_the_media_part_is_the_press_offices(world: World) -> None:
    busy(world)
    pack = pack_for(world, world.press_officer)
    assert [row[1:] for row in rows(pack, "media-hospitality")] == [
        (contacts.TODAY, str(contacts.log(world.constable).with_whom))
    ]
    assert rows(pack, "outlets") == [(contacts.GAZETTE, 1, Decimal(16))]


def test_one_match_of_each_person_and_organisation_and_what_is_left_out(world: World) -> None:
    halcyon = procurement.organisation("Halcyon Fleet Ltd", department=world.alliance_psd)
    of_one = {"person": world.constable, "organisation": halcyon}
    for score in (50, 90, 70):
        match(world, Check.OFFER_BEFORE_AWARD, score=score, sentence=f"Scored {score}.", **of_one)
    for number in range(MATCHES_SHOWN):
        match(world, Check.CARD_SPLIT, score=60, for_psd=False, sentence=f"By itself {number}.")
    pack = pack_for(world, world.reviewer)
    found = rows(pack, "foremost")
    assert len(found) == MATCHES_SHOWN
    assert [row[:2] for row in found[:2]] == [("Scored 90.", 2), ("By itself 0.", 0)]
    (note,) = [each.note for each in pack.sections if each.slug == "foremost"]
    assert note.startswith("25 of 28 shown, the riskiest of each person and organisation; the rest")


def test_a_silent_unit_says_since_when(world: World) -> None:
    unit = world.constable.unit
    match(world, Check.SILENT_UNIT, unit=unit, happened_on=date(2025, 4, 2))
    ((_, _, last_event, *_),) = rows(pack_for(world, world.reviewer), "foremost")
    assert last_event == "Silent since 2 April 2025"


def test_whoever_may_not_read_what_was_disposed_of_is_told_no_more_than_that(world: World) -> None:
    dispose(match(world, Check.CARD_SPLIT), Disposition.KNOWN, world.reviewer)
    said = {each.slug: each.nothing for each in pack_for(world, world.procurement_officer).sections}
    assert said["disposed"] == "None that you may read was disposed of."


# --- the page and the files -----------------------------------------------------------------------


def test_who_opens_the_page(world: World) -> None:
    asked = f"{PAGE}?force=NMR&quarter=2026-2"
    for user in (world.reviewer, world.psd_head, world.procurement_officer, world.press_officer):
        assert signed_in(user).get(asked).status_code == 200
        assert signed_in(user).get(PAGE).status_code == 200
    for user in (
        world.inspector, world.administrator, world.constable, world.governance_member,
        world.investigation_inspector, world.harbour_reviewer,
    ):  # fmt: skip
        assert signed_in(user).get(asked).status_code == 404
    client = signed_in(world.procurement_officer)
    for wrong in ("?force=EVL", "?force=XXX", "?quarter=2026-5", "?quarter=soon"):
        assert client.get(f"{PAGE}{wrong}").status_code == 404


@pytest.mark.parametrize("key", ["2026-1", "2026-4", "2030-2"])
def test_a_quarter_and_its_key(key: str) -> None:
    found = quarter_named(key)
    assert found is not None
    assert found.key == key
    assert quarter_of(found.last) == found
    assert quarter_of(found.last + timedelta(days=1)) != found


def cells(content: bytes) -> Iterator[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        for row in sheet.iter_rows():
            yield from row


def test_a_file_says_what_the_page_says_and_holds_no_formula(world: World) -> None:
    busy(world)
    match(world, Check.CARD_SPLIT, sentence=FORMULA, for_psd=False)
    declare(world.constable, item(7), organisation="@SUM(A1)", offered_on=date(2026, 6, 1),
            late_reason="Away.")  # fmt: skip
    pack = pack_for(world, world.reviewer)
    found = list(cells(workbook(pack, made_at=NOW)))
    assert not [cell for cell in found if cell.data_type == "f" or cell.hyperlink]
    said = {cell.value for cell in found}
    assert {FORMULA, "@SUM(A1)", "Halcyon Fleet Ltd", 58} <= said
    assert pdf(pack, made_at=NOW).startswith(b"%PDF-")


def test_a_workbook_says_whose_it_is_and_no_name_of_a_sheet_is_cut(world: World) -> None:
    busy(world)
    pack = pack_for(world, world.reviewer)
    book = openpyxl.load_workbook(io.BytesIO(workbook(pack, made_at=NOW)))
    contents, *sheets = book.worksheets
    said = [cell.value for row in contents.iter_rows() for cell in row]
    assert {str(world.northmoor), "April to June 2026", "New matches. Nothing new was found."} <= {
        *said
    }
    assert [sheet.title for sheet in sheets[:2]] == ["1 New matches", "2 Foremost"]
    assert {sheet.freeze_panes for sheet in sheets} == {"A2"}
    assert all(str(world.northmoor) in sheet.oddHeader.left.text for sheet in sheets)


@pytest.mark.parametrize(("kind", "magic"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_taking_a_file_is_on_record(world: World, kind: str, magic: bytes) -> None:
    url = reverse("psd:meeting-pack-file", args=[kind], query={"quarter": "2026-2"})
    answer = signed_in(world.procurement_officer).get(url)
    assert answer.content.startswith(magic)
    name = f"meeting-pack-nmr-2026-2.{kind}"
    assert name in answer["Content-Disposition"]
    assert Event.objects.get(name="file downloaded").facts == {"file": name}
    other = reverse("psd:meeting-pack-file", args=["csv"])
    assert signed_in(world.procurement_officer).get(other).status_code == 404

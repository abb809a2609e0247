"""Two records said to be one organisation: read as one, taken back, refused, and told by the ledger."""

from collections.abc import Callable

import pytest

from integrity.audit.models import Event
from integrity.casework.workflow import Denied
from registers.gifts.case_page import same_provider, supplier_notice
from registers.gifts.cumulative import cumulative
from registers.gifts.models import Offer, SupplierNotice, SupplierNoticeRecipient
from registers.organisations.actions import find_or_create, merge, rule, unmerge
from registers.organisations.enums import Ruling
from registers.organisations.models import Merge, MergeSuggestion, Organisation
from registers.organisations.suggestions import waiting
from tests.builders import NOW, START, YESTERDAY, World, declare
from tests.constraints import change

Make = Callable[[str], Organisation]


@pytest.fixture
def make(world: World) -> Make:
    return lambda name: find_or_create(name=name, department=world.alliance_psd)


def put(w: World, one: Organisation, into: Organisation) -> Merge:
    return merge(one, into=into, reason="The same depot.", by=w.reviewer, now=NOW)


def back(w: World, merged: Merge) -> Merge:
    return unmerge(merged, reason="Two depots after all.", by=w.reviewer, now=NOW)


def roots(*each: Organisation) -> list[int]:
    return [Organisation.objects.get(pk=one.pk).root_id for one in each]


def suggestion(
    w: World, one: Organisation, other: Organisation, score: int = 95
) -> MergeSuggestion:
    first, second = sorted((one, other), key=lambda each: each.pk)
    return MergeSuggestion.objects.create(
        department=w.alliance_psd, one=first, other=second, score=score, why="Alike.", found_at=NOW
    )


# --- which record counts as which -----------------------------------------------------------------


def test_a_chain_is_flat_and_comes_apart_where_it_was_joined(world: World, make: Make) -> None:
    a, b, c, d = make("Alder"), make("Birch"), make("Cedar"), make("Dogwood")
    put(world, a, b)
    put(world, d, c)
    joined = put(world, b, c)
    assert roots(a, b, c, d) == [c.pk] * 4
    assert not Organisation.objects.filter(merged_into__merged_into__isnull=False).exists()
    back(world, joined)
    assert roots(a, b, c, d) == [b.pk, b.pk, c.pk, c.pk]


def test_a_record_merged_into_a_merged_one_counts_as_the_last(world: World, make: Make) -> None:
    a, b, c = make("Alder"), make("Birch"), make("Cedar")
    above = put(world, b, c)
    put(world, a, b)
    assert roots(a, b, c) == [c.pk] * 3
    back(world, above)
    assert roots(a, b, c) == [b.pk, b.pk, c.pk]


def test_what_was_merged_first_may_be_undone_first(world: World, make: Make) -> None:
    a, b, c = make("Alder"), make("Birch"), make("Cedar")
    first = put(world, a, b)
    put(world, b, c)
    back(world, first)
    assert roots(a, b, c) == [a.pk, c.pk, c.pk]
    put(world, a, c)
    assert roots(a) == [c.pk]


def test_a_merge_is_undone_once(world: World, make: Make) -> None:
    merged = put(world, make("Alder"), make("Birch"))
    back(world, merged)
    with pytest.raises(Denied, match="undone already"):
        back(world, merged)


# --- refusals -------------------------------------------------------------------------------------


def test_a_record_is_not_merged_into_itself_or_into_what_is_one_with_it(
    world: World, make: Make
) -> None:
    a, b, c = make("Alder"), make("Birch"), make("Cedar")
    put(world, a, b)
    for one, into, why in (
        (b, b, "into itself"),
        (b, a, "one organisation already"),
        (a, b, "one organisation already"),
        (a, c, "is merged already; un-merge it first"),
    ):
        with pytest.raises(Denied, match=why):
            put(world, one, into)


@pytest.mark.parametrize(
    ("field", "numbers", "label"),
    [
        ("company_number", ("01234567", "07654321"), "Companies House"),
        ("charity_number", ("1234567", "7654321"), "charity"),
    ],
)
def test_different_numbers_are_different_organisations(
    field: str, numbers: tuple[str, str], label: str, world: World, make: Make
) -> None:
    a, b, c = make("Alder"), make("Birch"), make("Cedar")
    change(a, **{field: numbers[0]})
    change(c, **{field: numbers[1]})
    put(world, a, b)
    with pytest.raises(Denied, match=f"different {label} numbers, {' and '.join(numbers)}"):
        put(world, b, c)
    assert roots(a, b, c) == [b.pk, b.pk, c.pk]


def test_departments_keep_their_own(world: World, make: Make) -> None:
    theirs = find_or_create(name="Alder", department=world.harbour_psd)
    with pytest.raises(Denied, match="another department"):
        put(world, make("Alder"), theirs)


def test_it_is_said_why(world: World, make: Make) -> None:
    a, b = make("Alder"), make("Birch")
    with pytest.raises(Denied, match="Say why"):
        merge(a, into=b, reason="  ", by=world.reviewer, now=NOW)
    with pytest.raises(Denied, match="Say why"):
        unmerge(put(world, a, b), reason="", by=world.reviewer, now=NOW)


@pytest.mark.parametrize(
    "who", ["constable", "administrator", "inspector", "press_officer", "harbour_reviewer"]
)
def test_only_psd_of_the_department_merges(who: str, world: World, make: Make) -> None:
    a, b = make("Alder"), make("Birch")
    person = world.people()[who]
    with pytest.raises(Denied):
        merge(a, into=b, reason="Alike.", by=person, now=NOW)
    merged = put(world, a, b)
    with pytest.raises(Denied):
        unmerge(merged, reason="Not alike.", by=person, now=NOW)
    with pytest.raises(Denied):
        rule(suggestion(world, b, make("Cedar")), ruling=Ruling.SAME, note="", by=person, now=NOW)


# --- suggestions, ruled on ------------------------------------------------------------------------


def test_the_record_that_appears_less_goes_into_the_other(world: World, make: Make) -> None:
    rare, often = make("Alder"), make("Halcyon Fleet Ltd")
    declare(world.constable)
    rule(suggestion(world, rare, often), ruling=Ruling.SAME, note="", by=world.reviewer, now=NOW)
    assert roots(rare, often) == [often.pk] * 2
    assert Merge.objects.get().reason == "Suggested: Alike."


def test_the_analyst_may_say_which(world: World, make: Make) -> None:
    rare, often = make("Alder"), make("Halcyon Fleet Ltd")
    declare(world.constable)
    asked = suggestion(world, rare, often)
    rule(asked, ruling=Ruling.SAME, note="Renamed.", into=rare, by=world.reviewer, now=NOW)
    assert roots(rare, often) == [rare.pk] * 2


def test_different_merges_nothing_and_is_ruled_once(world: World, make: Make) -> None:
    a, b = make("Alder"), make("Birch")
    asked = suggestion(world, a, b)
    rule(asked, ruling=Ruling.DIFFERENT, note="No.", by=world.reviewer, now=NOW)
    assert roots(a, b) == [a.pk, b.pk]
    assert not waiting([world.alliance_psd.pk])
    with pytest.raises(Denied, match="ruled on already"):
        rule(asked, ruling=Ruling.SAME, note="", by=world.reviewer, now=NOW)


def test_a_refused_merge_leaves_the_suggestion_unruled(world: World, make: Make) -> None:
    a, b = make("Alder"), make("Birch")
    change(a, company_number="01234567")
    change(b, company_number="07654321")
    asked = suggestion(world, a, b)
    with pytest.raises(Denied, match="different Companies House numbers"):
        rule(asked, ruling=Ruling.SAME, note="", by=world.reviewer, now=NOW)
    asked.refresh_from_db()
    assert asked.ruling == ""
    assert not waiting([world.alliance_psd.pk])


def test_a_merge_by_hand_answers_what_was_suggested_and_its_end_takes_it_back(
    world: World, make: Make
) -> None:
    a, b, c = make("Alder"), make("Birch"), make("Cedar")
    direct, across, other = (
        suggestion(world, a, b), suggestion(world, a, c), suggestion(world, b, c)
    )  # fmt: skip
    merged = put(world, a, b)

    def rulings() -> list[str]:
        kept = MergeSuggestion.objects.in_bulk([direct.pk, across.pk, other.pk])
        return [kept[each.pk].ruling for each in (direct, across, other)]

    assert rulings() == [Ruling.SAME, "", ""]
    assert len(waiting([world.alliance_psd.pk])) == 2
    back(world, merged)
    assert rulings() == [Ruling.DIFFERENT, "", ""]


# --- what is read as one --------------------------------------------------------------------------


def test_a_merged_spelling_shows_among_its_provider_s_offers_until_it_is_un_merged(
    world: World, make: Make
) -> None:
    offer = declare(world.constable)
    spelt = declare(world.constable, organisation="Halcyon Flete")
    merged = put(world, make("Halcyon Flete"), make("Halcyon Fleet Ltd"))

    def seen(of: Offer) -> set[Offer]:
        read = Offer.objects.select_related("provider_organisation", "case", "policy").get(pk=of.pk)
        return set(same_provider(Offer.objects.all(), read))

    assert seen(offer) == seen(spelt) == {offer, spelt}
    assert cumulative(Offer.objects.get(pk=offer.pk)).person_count == 2
    assert Offer.objects.get(pk=spelt.pk).provider_organisation == make("Halcyon Flete")
    back(world, merged)
    assert seen(offer) == {offer}
    assert cumulative(Offer.objects.get(pk=offer.pk)).person_count == 1


def test_a_notice_to_one_spelling_was_given_to_the_organisation(world: World, make: Make) -> None:
    offer = declare(world.constable)
    notice = SupplierNotice.objects.create(
        force=world.northmoor, title="No gifts", text="None.", dated=START
    )
    SupplierNoticeRecipient.objects.create(
        notice=notice, organisation=make("Halcyon Flete"), sent_on=YESTERDAY
    )

    def said() -> list[str]:
        return [fact.value for fact in supplier_notice(Offer.objects.get(pk=offer.pk))]

    assert said() == []
    merged = put(world, make("Halcyon Flete"), make("Halcyon Fleet Ltd"))
    assert len(said()) == 1
    back(world, merged)
    assert said() == []


# --- the ledger -----------------------------------------------------------------------------------


def test_every_force_that_shares_the_records_is_told(world: World, make: Make) -> None:
    merged = put(world, make("Alder"), make("Birch"))
    back(world, merged)
    told = Event.objects.filter(about="organisation").order_by("pk")
    homes = [world.northmoor.pk, world.eastvale.pk]
    assert [(each.name, each.force_id) for each in told] == [
        (name, home)
        for name in ("organisations merged", "organisations un-merged")
        for home in homes
    ]
    assert told[0].reason == "The same depot."
    assert told[0].facts == {"organisation": "Alder", "into": "Birch", "into_id": make("Birch").pk}
    assert {each.audience for each in told} == {"psd"}

"""Suppliers of a file: found by their numbers and names, taught what is new, never robbed."""

import time
from dataclasses import dataclass, replace
from typing import Any

import pytest

from integrity.people.models import Force
from registers.organisations.actions import merge, rule
from registers.organisations.actions.suggesting import suggest_merges
from registers.organisations.models import (
    MergeSuggestion,
    Organisation,
    OrganisationName,
    SupplierNumber,
)
from registers.organisations.suggestions import SURE_ENOUGH, waiting
from registers.organisations.suppliers import Suppliers, find_or_create_suppliers, find_suppliers
from tests.builders import NOW, World
from tests.constraints import change
from tests.procurement import organisation


@dataclass(frozen=True)
class Supplier:
    name: str
    company_number: str = ""
    charity_number: str = ""
    supplier_number: str = ""
    place: str = ""
    other_names: tuple[tuple[str, str], ...] = ()

    @property
    def as_written(self) -> str:
        return self.name


HALCYON = Supplier("Halcyon Fleet Ltd", company_number="01234567", supplier_number="F100")


def take(world: World, *suppliers: Supplier) -> Suppliers:
    return find_or_create_suppliers(suppliers, force=world.northmoor, now=NOW)


def sentences(found: Suppliers) -> str:
    return " ".join(sentence for _, sentence in found.warnings)


def test_spellings_of_one_name_are_one_record_and_again_adds_nothing(world: World) -> None:
    other = Supplier("HALCYON FLEET LIMITED")
    for _ in range(2):
        found = take(world, HALCYON, other)
        assert found(HALCYON) == found(other) == Organisation.objects.get()
    assert found(HALCYON).company_number == "01234567"
    assert [each.number for each in SupplierNumber.objects.all()] == ["F100"]
    assert not OrganisationName.objects.exists()


def test_asking_changes_nothing(world: World) -> None:
    found = find_suppliers([HALCYON], force=world.northmoor)
    assert found(HALCYON)._state.adding
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "number",
    [{"company_number": "01234567"}, {"charity_number": "1234567"}, {"supplier_number": "F9"}],
)
def test_a_number_leads_further_than_a_name(world: World, number: dict[str, str]) -> None:
    first = take(world, Supplier("Halcyon Fleet", **number))(Supplier("Halcyon Fleet", **number))
    renamed = Supplier("Northern Vehicle Care", **number)
    assert take(world, renamed)(renamed) == first
    known = OrganisationName.objects.get()
    assert (known.organisation, known.name, known.kind) == (first, renamed.name, "as_written")
    # and by that name alone from now on
    bare = Supplier("Northern Vehicle Care Ltd")
    assert take(world, bare)(bare) == first


def test_trading_and_former_names_are_kept_and_lead_here(world: World) -> None:
    supplier = Supplier(
        "Roe & Sons", other_names=(("The Paper Shop", "trading"), ("Poe", "former"))
    )
    first = take(world, supplier)(supplier)
    assert {(each.name, each.kind) for each in first.names.all()} == {
        ("The Paper Shop", "trading"),
        ("Poe", "former"),
    }
    shop = Supplier("Paper Shop")
    assert take(world, shop)(shop) == first


def test_a_name_is_never_taken_from_another(world: World) -> None:
    shop = organisation("The Paper Shop", department=world.alliance_psd)
    take(world, Supplier("Roe & Sons"))
    supplier = Supplier("Roe & Sons", other_names=(("The Paper Shop", "trading"),))
    found = take(world, supplier)
    assert found(supplier).name == "Roe & Sons"
    assert organisation("The Paper Shop", department=world.alliance_psd) == shop
    assert not OrganisationName.objects.exists()


# --- a trading name that another record has -------------------------------------------------------

ROE = Supplier("Roe & Sons", other_names=(("The Paper Shop", "trading"),))


@pytest.mark.parametrize("roe_is_known", [True, False])
def test_a_trading_name_of_another_record_is_suggested_and_merges_nothing(
    world: World, roe_is_known: bool
) -> None:
    shop = organisation("The Paper Shop", department=world.alliance_psd)
    if roe_is_known:
        take(world, Supplier("Roe & Sons"))
    for _ in range(2):
        roe = take(world, ROE)(ROE)
    assert (roe.name, roe.merged_into, shop.merged_into) == ("Roe & Sons", None, None)
    found = waiting([world.alliance_psd.pk]).get()
    assert {found.one, found.other} == {shop, roe}
    assert found.why == "“Roe & Sons” goes by the trading name “The Paper Shop”"
    assert (found.score, found.found_at) == (SURE_ENOUGH, NOW)


def test_what_a_name_says_is_not_the_matcher_s_to_lower(world: World) -> None:
    organisation("The Paper Shop", department=world.alliance_psd)
    take(world, ROE)
    suggest_merges(world.alliance_psd, now=NOW)
    assert waiting([world.alliance_psd.pk]).get().score == SURE_ENOUGH


def test_what_the_matcher_suggested_gets_the_better_reason(world: World) -> None:
    shop = organisation("The Paper Shop", department=world.alliance_psd)
    roe = organisation("Roe & Sons", department=world.alliance_psd)
    MergeSuggestion.objects.create(
        department=world.alliance_psd, one=shop, other=roe, score=97, why="alike", found_at=NOW
    )
    take(world, ROE)
    found = MergeSuggestion.objects.get()
    assert (found.score, found.named) == (97, "The Paper Shop")
    assert "goes by" in found.why


def test_a_pair_that_was_ruled_different_is_not_suggested_again(world: World) -> None:
    organisation("The Paper Shop", department=world.alliance_psd)
    roe = take(world, ROE)(ROE)
    found = MergeSuggestion.objects.get()
    rule(found, ruling="different", note="", by=world.reviewer, now=NOW)
    group = organisation("Roe Group", department=world.alliance_psd)
    merge(roe, into=group, reason="Renamed.", by=world.reviewer, now=NOW)
    take(world, ROE)
    assert not waiting([world.alliance_psd.pk]).exists()
    assert MergeSuggestion.objects.count() == 1


def test_records_of_other_numbers_and_records_that_are_one_are_not_suggested(world: World) -> None:
    shop = organisation("The Paper Shop", department=world.alliance_psd)
    change(shop, company_number="01234567")
    numbered = replace(ROE, company_number="07654321")
    roe = take(world, numbered)(numbered)
    assert roe != shop
    assert not MergeSuggestion.objects.exists()
    change(roe, company_number="")
    merge(shop, into=roe, reason="One shop.", by=world.reviewer, now=NOW)
    take(world, ROE)
    assert not MergeSuggestion.objects.exists()


def test_two_that_trade_under_one_name_are_two(world: World) -> None:
    other = Supplier("K Poe", other_names=(("Paper Shop Ltd", "trading"),))
    found = take(world, ROE, other)
    assert found(ROE) != found(other)
    assert MergeSuggestion.objects.get().why == "“K Poe” goes by the trading name “Paper Shop Ltd”"


def test_contradicting_numbers_are_warnings_and_what_stood_stands(world: World) -> None:
    take(world, HALCYON, Supplier("Brook Stationers", company_number="07654321"))
    wrong = replace(HALCYON, company_number="09999999", supplier_number="")
    found = take(world, wrong)
    assert found(wrong).company_number == "01234567"
    assert "has the company number 01234567, not 09999999" in sentences(found)

    mixed = Supplier("Brook Stationers", company_number="01234567")
    found = take(world, mixed)
    assert found(mixed).name == "Halcyon Fleet Ltd"
    assert "By its number this is Halcyon Fleet Ltd; by its name it would be" in sentences(found)


def test_a_number_of_another_is_left_where_it_is(world: World) -> None:
    take(world, HALCYON, Supplier("Brook", charity_number="1234567"))
    both = Supplier("Halcyon Fleet", company_number="01234567", charity_number="1234567")
    found = take(world, both)
    assert (found(both).name, found(both).charity_number) == ("Halcyon Fleet Ltd", "")
    assert "The charity number 1234567 is Brook’s" in sentences(found)


def test_a_number_for_sundry_payees_is_nobodys(world: World) -> None:
    payees = [Supplier(f"Payee {word}", supplier_number="9999") for word in "abcd"]
    take(world, *payees)
    assert Organisation.objects.count() == 4
    assert not SupplierNumber.objects.exists()


def test_supplier_numbers_are_a_forces_own(world: World) -> None:
    first = Supplier("Halcyon Fleet", supplier_number="F1")
    other = Supplier("Brook", supplier_number="F1")
    take(world, first)
    found = find_or_create_suppliers([other], force=world.eastvale, now=NOW)
    assert found(other).name == "Brook"
    assert SupplierNumber.objects.filter(number="F1").count() == 2


def test_departments_keep_their_own(world: World) -> None:
    def record(force: Force) -> Organisation:
        return find_or_create_suppliers([HALCYON], force=force, now=NOW)(HALCYON)

    assert record(world.northmoor) == record(world.eastvale) != record(world.harbour)


def test_a_merged_record_is_still_the_one_its_name_leads_to(world: World) -> None:
    into = organisation("Halcyon Group", department=world.alliance_psd)
    merged = take(world, HALCYON)(HALCYON)
    Organisation.objects.filter(pk=merged.pk).update(merged_into=into)
    assert take(world, HALCYON)(HALCYON) == merged


def test_the_length_of_a_name_and_a_number_is_no_error(world: World) -> None:
    long = Supplier("a" * 400, supplier_number="9" * 40, place="b" * 200)
    made = take(world, long)(long)
    assert (len(made.name), len(made.place)) == (200, 100)
    assert not SupplierNumber.objects.exists()
    assert take(world, long)(long) == made


def test_ten_thousand_suppliers_take_seconds_and_few_statements(
    world: World, django_assert_max_num_queries: Any, record_property: Any
) -> None:
    suppliers = [
        Supplier(
            f"Supplier {number} Services Ltd",
            company_number=f"{number:08}",
            supplier_number=f"V{number}",
        )
        for number in range(1, 10_001)
    ]
    began = time.process_time()
    with django_assert_max_num_queries(50):
        take(world, *suppliers)
    took = time.process_time() - began
    record_property("measured", f"10,000 suppliers new: {took:.1f} s of processor here")
    with django_assert_max_num_queries(15):
        take(world, *suppliers)
    assert Organisation.objects.count() == SupplierNumber.objects.count() == 10_000
    assert took < 20

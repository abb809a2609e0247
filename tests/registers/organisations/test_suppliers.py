"""Suppliers of a file: found by their numbers and names, taught what is new, never robbed."""

import time
from dataclasses import dataclass, replace
from typing import Any

import pytest

from integrity.people.models import Force
from registers.organisations.models import Organisation, OrganisationName, SupplierNumber
from registers.organisations.suppliers import Suppliers, find_or_create_suppliers, find_suppliers
from tests.builders import World
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
    return find_or_create_suppliers(suppliers, force=world.northmoor)


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
    found = find_or_create_suppliers([other], force=world.eastvale)
    assert found(other).name == "Brook"
    assert SupplierNumber.objects.filter(number="F1").count() == 2


def test_departments_keep_their_own(world: World) -> None:
    def record(force: Force) -> Organisation:
        return find_or_create_suppliers([HALCYON], force=force)(HALCYON)

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

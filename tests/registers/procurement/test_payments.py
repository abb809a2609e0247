"""Payments on the desk: the list with its totals, and one of them with where it came from."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registers.organisations.actions import add_name, merge
from registers.organisations.enums import NameKind
from registers.organisations.registry import appearances
from registers.procurement.models import Payment
from tests import procurement
from tests.builders import NOW, World, read_anew
from tests.registers.procurement.desk_of import opens_for, path, signed_in, words
from tests.registers.procurement.feeds import SPEND, bring

pytestmark = pytest.mark.django_db
LIST = path("payments")


def shown(client: Any, asked: str, every: tuple[Payment, ...]) -> list[Payment]:
    page = words(client.get(f"{LIST}{asked}"))
    found = [each for each in every if path("payment", each.pk) in page]
    return sorted(found, key=lambda each: page.index(path("payment", each.pk)))


def test_who_finds_the_list(world: World) -> None:
    everybody = {"procurement", "psd", "inspector", "harbour procurement", "eastvale procurement"}
    assert opens_for(world, LIST) == everybody


def test_who_finds_a_payment(world: World) -> None:
    made = procurement.payment(world.northmoor)
    assert opens_for(world, path("payment", made.pk)) == {"procurement", "psd", "inspector"}


def test_the_list_narrows_adds_up_and_begins_with_the_latest(world: World) -> None:
    force = world.northmoor
    (halcyon, flete) = procurement.suppliers_of(world, "Halcyon Fleet Ltd", "Flete of Halcyon")
    add_name(halcyon, name="Hal’s Cars", kind=NameKind.TRADING, by=world.reviewer, now=NOW)
    merge(flete, into=halcyon, reason="A slip.", by=world.reviewer, now=NOW)
    old = procurement.payment(
        force, halcyon, "1000.10", paid_on=date(2026, 3, 1), description="Tyres", reference="PY-77"
    )
    back = procurement.payment(force, flete, "-200.05", paid_on=date(2026, 4, 2))
    food = procurement.payment(
        force, "Brook Catering", 30, paid_on=date(2026, 5, 1), category="Food"
    )
    hidden = procurement.payment(force, "REDACTED", 7, paid_on=date(2026, 2, 1), redacted=True)
    elsewhere = procurement.payment(world.harbour, "Boats", 5)
    every = (old, back, food, hidden, elsewhere)
    client = signed_in(world.procurement_officer)
    spring = "since_day=1&since_month=3&since_year=2026&until_day=2&until_month=4&until_year=2026"
    for asked, expected, together in (
        ("", [food, back, old, hidden], "4 payments, £837.05 together."),
        ("?organisation=halcyon+fleet", [back, old], "2 payments, £800.05 together."),
        ("?organisation=hal’s", [back, old], "2 payments, £800.05 together."),
        ("?q=tyre", [old], "1 payment, £1,000.10 together."),
        ("?q=py-77", [old], "1 payment, £1,000.10 together."),
        ("?q=food", [food], "1 payment, £30.00 together."),
        ("?q=redacted", [hidden], "1 payment, £7.00 together."),
        (f"?{spring}", [back, old], "2 payments, £800.05 together."),
        (f"?{spring}&organisation=brook", [], "No payment matches this filter."),
        ("?since_day=45", [food, back, old, hidden], "4 payments, £837.05 together."),
    ):  # fmt: skip
        assert shown(client, asked, every) == expected, asked
        assert together in words(client.get(f"{LIST}{asked}")), asked


def test_a_payment_shows_where_it_came_from_and_the_others_to_the_payee(world: World) -> None:
    bring("spend", world.northmoor, SPEND, by=world.procurement_officer)
    first = Payment.objects.get(reference="PY-1001")
    credit = Payment.objects.get(reference="PY-1003")
    assert first.organisation is not None
    page = words(signed_in(world.procurement_officer).get(path("payment", first.pk)))
    assert "£1,200.50" in page
    assert "spend.csv" in page
    assert reverse("psd:import_batch", args=[first.batch_id]) in page
    assert reverse("psd:organisations-page", args=[first.organisation_id]) in page
    assert path("payment", credit.pk) in page
    assert "2 payments, £1,000.00 together." in page
    inspected = words(signed_in(world.inspector).get(path("payment", first.pk)))
    assert reverse("psd:import_batch", args=[first.batch_id]) not in inspected
    withheld = Payment.objects.get(reference="PY-1004")
    page = words(signed_in(world.reviewer).get(path("payment", withheld.pk)))
    assert "The force withheld who was paid" in page


def test_the_page_of_an_organisation_leads_to_each_payment(world: World) -> None:
    made = procurement.payment(world.northmoor)
    ids = [made.organisation_id]
    (item,) = appearances(read_anew(world.reviewer), ids)["Payments"]
    assert item.path == path("payment", made.pk)
    assert signed_in(world.reviewer).get(item.path).status_code == 200
    (item,) = appearances(read_anew(world.register_owner), ids)["Payments"]
    assert item.path == ""


def test_many_payments_ask_no_more_than_few(world: World) -> None:
    first = procurement.payment(world.northmoor)
    client = signed_in(world.reviewer)

    def queries() -> list[int]:
        counts = []
        for address in (LIST, f"{LIST}?organisation=halcyon", path("payment", first.pk)):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    procurement.payment(world.northmoor)
    before = queries()
    for number in range(60):
        procurement.payment(world.northmoor, amount=number)
        procurement.payment(world.eastvale, f"Halcyon {number}", number)
    assert queries() == before
    assert "122 payments" in words(client.get(LIST))
    second = words(client.get(f"{LIST}?page=3"))
    assert path("payment", first.pk) in second

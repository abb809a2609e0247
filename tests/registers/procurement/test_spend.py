"""Published spend becomes payments: once, each to its supplier, and again as corrected."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from integrity.audit.models import Event
from integrity.casework.actions.feeds import take_feed
from integrity.casework.actions.imports import RowsRefused
from integrity.casework.models import ImportBatch
from integrity.casework.workflow import Denied
from registers.organisations.models import Organisation
from registers.procurement.models import Payment
from tests.builders import NOW, World
from tests.registers.procurement.feeds import SPEND, bring, file_of

pytestmark = pytest.mark.usefixtures("media")


def total() -> Decimal:
    return Payment.objects.aggregate(total=Sum("amount"))["total"]


def test_payments_are_kept_to_the_penny_with_their_supplier_and_file(world: World) -> None:
    taken = bring("spend", world.northmoor, SPEND, by=world.procurement_officer)
    told, batch = taken.report, taken.batch
    assert (told["rows"], told["imported"], told["updated"], told["unchanged"]) == (4, 4, 0, 0)
    assert (told["total"], told["suppliers"]) == ("1130.00", 2)
    assert total() == Decimal("1130.00")
    assert [each["reason"] for each in told["refused"]] == []

    credit = Payment.objects.get(reference="PY-1003")
    assert credit.organisation == Payment.objects.get(reference="PY-1001").organisation
    assert (credit.amount, credit.as_written) == (Decimal("-200.50"), "HALCYON FLEET LIMITED")
    withheld = Payment.objects.get(redacted=True)
    assert (withheld.organisation, withheld.as_written) == (None, "THIRD PARTY SUPPLIER")
    brook = Payment.objects.get(reference="PY-1002").organisation
    assert brook is not None
    assert [each.name for each in brook.names.all()] == ["The Paper Shop"]

    assert batch is not None
    assert batch.file.open("rb").read() == SPEND.encode()
    assert (batch.register, batch.imported_by) == ("spend", world.procurement_officer)
    event = Event.objects.get(name="spend imported")
    assert (event.about_id, event.facts["imported"]) == (batch.pk, 4)


def test_again_adds_nothing(world: World) -> None:
    bring("spend", world.northmoor, SPEND)
    again = bring("spend", world.northmoor, SPEND)
    assert (again.batch, again.report["imported"], again.report["unchanged"]) == (None, 0, 4)
    assert (Payment.objects.count(), ImportBatch.objects.count()) == (4, 1)
    # and under another file's name, or in another force
    bring("spend", world.northmoor, SPEND, name="other.csv")
    assert Payment.objects.count() == 4
    bring("spend", world.eastvale, SPEND)
    assert Payment.objects.count() == 8


def test_a_corrected_file_updates_and_shows_what_changed(world: World) -> None:
    bring("spend", world.northmoor, SPEND)
    corrected = SPEND.replace('"1,200.50"', "1250.50").replace("Brook Stationers T/A", "Roe T/A")
    corrected += "07/03/2026,New Co,10.00,Pens,PY-1005\n"
    taken = bring("spend", world.northmoor, corrected)
    told = taken.report
    assert (told["imported"], told["updated"], told["unchanged"]) == (1, 2, 2)
    assert told["changes"] == [
        {
            "where": "2",
            "entry": "Halcyon Fleet Ltd, £1,200.50",
            "field": "Amount",
            "from": "£1,200.50",
            "to": "£1,250.50",
        },
        {
            "where": "3",
            "entry": "Brook Stationers T/A The Paper Shop, £80.00",
            "field": "Supplier",
            "from": "Brook Stationers T/A The Paper Shop",
            "to": "Roe T/A The Paper Shop",
        },
    ]
    assert taken.batch is not None
    assert taken.batch.result == told
    assert (Payment.objects.count(), total()) == (5, Decimal("1190.00"))
    assert Payment.objects.get(reference="PY-1001").batch == taken.batch
    assert bring("spend", world.northmoor, corrected).batch is None


def test_a_payment_that_stands_keeps_its_organisation(world: World) -> None:
    bring("spend", world.northmoor, SPEND)
    payment = Payment.objects.get(reference="PY-1002")
    other = Organisation.objects.create(
        department=world.alliance_psd, key="somebody else", name="Somebody Else"
    )
    Payment.objects.filter(pk=payment.pk).update(organisation=other)
    assert bring("spend", world.northmoor, SPEND).batch is None
    assert Payment.objects.get(pk=payment.pk).organisation == other


def test_what_is_wrong_is_refused_and_the_rest_is_taken_unless_all_is_asked(world: World) -> None:
    bad = SPEND + "31/02/2026,Acme,10,Pens,PY-1006\n07/03/2026,Acme,ten,Pens,PY-1007\n"
    file = file_of("spend", world.northmoor, bad, "spend.csv")
    told = file.report(file.read())
    assert ([each["where"] for each in told["refused"]], told["dry_run"]) == (["6", "7"], True)
    assert not Payment.objects.exists()
    with pytest.raises(RowsRefused, match="2 rows were refused"):
        take_feed(file, file.read(), by=None, now=NOW, all_or_nothing=True)
    assert not Payment.objects.exists()
    assert bring("spend", world.northmoor, bad).report["imported"] == 4


def test_an_import_that_fails_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("integrity.casework.actions.feeds.record", fail)
    with pytest.raises(RuntimeError):
        bring("spend", world.northmoor, SPEND)
    assert not Payment.objects.exists()
    assert not Organisation.objects.exists()
    stored = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    assert not [path for path in stored.rglob("*") if path.is_file()]


def test_who_imports(world: World) -> None:
    for user in (world.reviewer, world.constable, world.harbour_reviewer, world.administrator):
        with pytest.raises(Denied, match="cannot import files of Northmoor Police"):
            bring("spend", world.northmoor, SPEND, by=user)
    with pytest.raises(Denied):
        bring("spend", world.eastvale, SPEND, by=world.procurement_officer)
    for user in (world.psd_head, world.procurement_officer):
        bring("spend", world.northmoor, SPEND, by=user)

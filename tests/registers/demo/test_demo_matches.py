"""What docs/demo.md says of the cross-checks, story by story."""

import pytest
from django.test import Client

from integrity.people.models import User
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.models import Match
from registers.demo.data.buying import HALCYON_AWARD, SPLIT_AT
from registers.demo.data.places import SILENT_UNIT
from registers.procurement.models import Involvement

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def read_by(username: str, url: str) -> str:
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return " ".join(client.get(url).content.decode().split())


def page(match: Match) -> str:
    return f"/psd/crosschecks/match/{match.pk}/change/"


def test_the_silent_units() -> None:
    found = Match.objects.filter(check_name=Check.SILENT_UNIT)
    heads = {match.unit.name: dict(match.facts["one"])["People"] for match in found if match.unit}
    assert heads == {SILENT_UNIT: "28", "Custody": "13"}


def test_the_contract_that_followed_the_lunches() -> None:
    of_head = Match.objects.filter(person__username="fleet.nmr", organisation__isnull=False)
    assert of_head.filter(check_name=Check.OFFER_BEFORE_AWARD).count() == 5
    assert of_head.filter(check_name=Check.RECIPIENT_IN_PROCUREMENT).count() == 5
    part = Involvement.objects.get(person__username="fleet.nmr", contract__title=HALCYON_AWARD[0])
    assert part.contract is not None and part.contract.awarded_on is not None  # noqa: PT018
    assert part.starts_on < part.contract.awarded_on
    last = of_head.filter(check_name=Check.OFFER_BEFORE_AWARD).latest("case__claimed_on")
    said = read_by("reviewer.alliance", page(last))
    assert "Asking now would tip somebody off" in said
    assert User.objects.get(username="head.alliance").display in said


def test_the_weekend_valeters() -> None:
    found = Match.objects.filter(
        check_name=Check.INTEREST_IN_SUPPLIER, contract__title=HALCYON_AWARD[0]
    )
    assert found.count() == 6
    assert found.filter(person__username="buyer.nmr").exists()


def test_procurement_judges_the_one_and_psd_the_other() -> None:
    buyer = User.objects.get(username="procurement.nmr")
    split = Match.objects.get(check_name=Check.CARD_SPLIT, sentence__contains=SPLIT_AT)
    weekends = Match.objects.get(check_name=Check.CARD_WEEKEND)
    assert not split.for_psd
    assert list(Match.objects.visible_to(buyer).waiting()) == [split]
    assert weekends.for_psd
    assert weekends.person is not None
    assert weekends.person.line_manager == buyer
    assert "in procurement there is nobody" in read_by("reviewer.alliance", page(weekends))
    assert "Procurement decides." in read_by("procurement.nmr", page(split))


def test_a_coincidence_and_one_that_is_known() -> None:
    found = Match.objects.filter(disposed_by__username="reviewer.alliance")
    assert set(found.values_list("disposition", flat=True)) == {
        Disposition.COINCIDENCE,
        Disposition.KNOWN,
    }

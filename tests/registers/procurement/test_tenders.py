"""Tenders: who bids, who has a part, and what those involved declare of the bidders, asked anew each time."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from integrity.audit.models import Event
from integrity.casework.background import _send_mail
from integrity.casework.workflow import Denied
from registers.organisations.models import Organisation
from registers.procurement import actions
from registers.procurement.enums import Declared, Part, TenderStatus
from registers.procurement.models import Involvement, Tender
from tests import interests, procurement
from tests.builders import NOW, TODAY, World
from tests.registers.procurement.desk_of import opens_for, path, signed_in, words

pytestmark = pytest.mark.django_db
LIST = path("tenders")
FIRST = {"starts_on_day": "1", "starts_on_month": "6", "starts_on_year": "2026"}


def involve(world: World, tender: Tender, part: Part = Part.EVALUATES) -> Involvement:
    """The sergeant's part."""
    by = world.procurement_officer
    return actions.involve(world.sergeant, of=tender, part=part, starts_on=TODAY, by=by, now=NOW)


def declare(
    world: World, tender: Tender, declared: Declared = Declared.NONE, text: str = ""
) -> int:
    return actions.declare_interests(
        tender, declared=declared, declaration=text, by=world.sergeant, now=NOW
    )


def page_for_declaring(tender: Tender) -> str:
    return reverse("procurement:declare", args=[tender.pk])


# --- who finds what -------------------------------------------------------------------------------


def test_who_finds_the_list(world: World) -> None:
    everybody = {"procurement", "psd", "inspector", "harbour procurement", "eastvale procurement"}
    assert opens_for(world, LIST) == everybody


def test_who_finds_a_tender(world: World) -> None:
    made = procurement.tender(world.northmoor)
    assert opens_for(world, path("tender", made.pk)) == {"procurement", "psd", "inspector"}


@pytest.mark.parametrize("form", ["bidder-add", "tender-involve"])
def test_who_finds_its_forms(world: World, form: str) -> None:
    made = procurement.tender(world.northmoor)
    assert opens_for(world, path(form, made.pk)) == {"procurement"}


def test_only_those_with_a_part_that_stands_declare(world: World) -> None:
    made = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    part, url = involve(world, made), page_for_declaring(made)
    assert signed_in(world.sergeant).get(url).status_code == 200
    for user in (world.constable, world.procurement_officer, world.reviewer, world.chief):
        assert signed_in(user).get(url).status_code == 404
        with pytest.raises(Denied, match="no part in this tender"):
            actions.declare_interests(
                made, declared=Declared.NONE, declaration="", by=user, now=NOW
            )
    yesterday = TODAY - timedelta(days=1)
    Involvement.objects.filter(pk=part.pk).update(starts_on=yesterday, ends_on=yesterday)
    assert signed_in(world.sergeant).get(url).status_code == 404


def test_the_list_narrows(world: World) -> None:
    cars = procurement.tender(world.northmoor, "Halcyon Fleet Ltd", title="Cars")
    food = procurement.tender(
        world.northmoor, "Brook Catering", title="Food", closes_on=date(2026, 12, 1)
    )
    over = procurement.tender(
        world.northmoor, title="Radios", status=TenderStatus.COMPLETE, opens_on=None, closes_on=None
    )
    client = signed_in(world.inspector)
    shown = {
        "": [food, cars, over],
        "?q=car": [cars],
        "?bidder=brook": [food],
        "?status=complete": [over],
    }
    for asked, expected in shown.items():
        page = words(client.get(f"{LIST}{asked}"))
        found = [each for each in (cars, food, over) if path("tender", each.pk) in page]
        found.sort(key=lambda each: page.index(path("tender", each.pk)))
        assert found == expected, asked


# --- asking and declaring -------------------------------------------------------------------------


def test_who_is_involved_is_asked_once_somebody_bids(world: World) -> None:
    made, home = procurement.tender(world.northmoor), signed_in(world.sergeant)
    involve(world, made)
    assert page_for_declaring(made) not in words(home.get("/"))
    (told,) = letters()
    assert (told["to"], told["path"]) == (world.sergeant.email, "/tenders/")
    assert "Evaluates bids" in told["body"]
    actions.add_bidder(made, name="Halcyon Fleet Ltd", by=world.procurement_officer, now=NOW)
    assert page_for_declaring(made) in words(home.get("/"))
    assert [each["to"] for each in letters()] == [world.sergeant.email] * 2
    assert letters()[-1]["path"] == page_for_declaring(made)
    declare(world, made)
    assert page_for_declaring(made) not in words(home.get("/"))


def test_the_letter_says_where_to_look_and_not_who_bids(world: World) -> None:
    made = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    involve(world, made)
    (job,) = letters()
    _send_mail(**job)
    (sent,) = mail.outbox
    assert sent.to == [world.sergeant.email]
    assert page_for_declaring(made) in sent.body
    assert "Halcyon" not in sent.body


def letters() -> list[dict[str, str]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="send_mail")]


def test_a_declaration_is_made_on_the_site(world: World) -> None:
    made = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    involve(world, made)
    involve(world, made, Part.ADVISES)
    client, url = signed_in(world.sergeant), page_for_declaring(made)
    assert "Halcyon Fleet Ltd" in words(client.get(url))
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"declared": "interest", "declaration": ""}).status_code == 422
    said = {"declared": "interest", "declaration": "My brother is its director."}
    assert client.post(url, said).status_code == 302
    for part in made.involved.all():
        assert (part.declared, part.declaration) == ("interest", "My brother is its director.")
        assert part.declared_at is not None
    assert "My brother is its director." in words(client.get(url))
    assert client.post(url, {"declared": "none"}).status_code == 422
    gone = {"declared": "none", "reason": "He left it in May."}
    assert client.post(url, gone).status_code == 302
    assert set(made.involved.values_list("declared", "declaration")) == {
        ("none", "He left it in May.")
    }
    assert client.post(url, {"declared": "none"}).status_code == 302
    assert set(made.involved.values_list("declared", "declaration")) == {("none", "")}


def test_an_interest_is_described(world: World) -> None:
    made = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    involve(world, made)
    with pytest.raises(Denied, match="Describe the interest"):
        declare(world, made, Declared.INTEREST, " ")
    with pytest.raises(Denied, match="Say whether"):
        declare(world, made, Declared.NOT_YET)


def test_a_new_bidder_asks_again_and_the_ledger_keeps_what_was_said(world: World) -> None:
    made, by = procurement.tender(world.northmoor, "Halcyon Fleet Ltd"), world.procurement_officer
    part = involve(world, made)
    declare(world, made, Declared.INTEREST, "Shares in Halcyon")
    actions.add_bidder(made, name="Brook Catering", by=by, now=NOW)
    part.refresh_from_db()
    assert (part.declared, part.declaration, part.declared_at) == ("", "", None)
    asked = Event.objects.filter(name="declaration asked").latest("pk")
    assert asked.facts["before"][0]["said"] == "Shares in Halcyon"
    assert page_for_declaring(made) in words(signed_in(world.sergeant).get("/"))


def test_a_bidder_bids_once_under_whichever_name(world: World) -> None:
    made, by = procurement.tender(world.northmoor, "Halcyon Fleet Ltd"), world.procurement_officer
    root, other = procurement.suppliers_of(world, "Halcyon Fleet Ltd", "Fleet of Halcyon")
    Organisation.objects.filter(pk=other.pk).update(merged_into=root)
    for name in ("HALCYON FLEET", "Fleet of Halcyon"):
        with pytest.raises(Denied, match="among the bidders already"):
            actions.add_bidder(made, name=name, by=by, now=NOW)
    with pytest.raises(Denied, match="Only the procurement of"):
        actions.add_bidder(made, name="Brook Catering", by=world.reviewer, now=NOW)


def test_parts_end_and_begin_again(world: World) -> None:
    made, by = procurement.tender(world.northmoor, "Halcyon Fleet Ltd"), world.procurement_officer
    part = involve(world, made)
    declare(world, made)
    with pytest.raises(Denied, match="has this part already"):
        involve(world, made)
    actions.end_involvement(part, ends_on=TODAY, by=by, now=NOW)
    with pytest.raises(Denied, match="ended already"):
        actions.end_involvement(part, ends_on=TODAY, by=by, now=NOW)
    again = involve(world, made)
    assert (again.pk, again.ends_on, again.declared) == (part.pk, None, "")


def test_procurement_names_bidders_and_people_on_the_desk(world: World) -> None:
    made, client = procurement.tender(world.northmoor), signed_in(world.procurement_officer)
    assert client.post(path("bidder-add", made.pk), {"name": ""}).status_code == 422
    assert client.post(path("bidder-add", made.pk), {"name": "Brook Catering"}).status_code == 302
    said = {"person": world.sergeant.number, "part": "approves", **FIRST}
    assert client.post(path("tender-involve", made.pk), said).status_code == 302
    page = words(client.get(path("tender", made.pk)))
    assert "Brook Catering" in page
    assert "Not declared yet" in page
    assert "1</strong> waiting" in words(client.get(reverse("psd:index")))


# --- the registers beside it ----------------------------------------------------------------------


def test_psd_alone_reads_the_registered_interests_beside_a_part(world: World) -> None:
    root, other = procurement.suppliers_of(world, "Halcyon Fleet Ltd", "Fleet of Halcyon")
    Organisation.objects.filter(pk=other.pk).update(merged_into=root)
    made = procurement.tender(world.northmoor, root)
    involve(world, made)
    declare(world, made)
    mine = interests.apply(world.sergeant, organisation="Fleet of Halcyon")
    elsewhere = interests.apply(world.sergeant, organisation="Brook Catering")
    somebody = interests.apply(world.constable, organisation="Halcyon Fleet Ltd")
    url = path("tender", made.pk)
    page = words(signed_in(world.reviewer).get(url))
    assert mine.case.reference in page
    assert elsewhere.case.reference not in page
    assert somebody.case.reference not in page
    for user in (world.procurement_officer, world.inspector):
        read = words(signed_in(user).get(url))
        assert "In the registers" not in read
        assert mine.case.reference not in read
        assert "No interest in any bidder" in read

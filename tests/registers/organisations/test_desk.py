"""The page of everything known of an organisation, merging at the desk, and the queue of suggestions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.ui.templatetags.ui import day
from registers.business_interests.case_page import same_organisation
from registers.business_interests.models import Interest
from registers.gifts.models import Offer
from registers.gifts.summaries import summary
from registers.media_contacts.models import Outlet
from registers.organisations.actions import (
    add_name,
    add_note,
    find_or_create,
    merge,
    rule,
    set_parent,
)
from registers.organisations.admin.pages import page_of
from registers.organisations.enums import NameKind, Ruling
from registers.organisations.models import (
    Merge,
    MergeSuggestion,
    Organisation,
    OrganisationName,
    OrganisationNote,
    SupplierNumber,
)
from registers.organisations.registry import appearances
from registers.procurement.actions import add_bidder
from tests import contacts, interests, procurement
from tests.builders import NOW, TODAY, UNKNOWN, World, declare, grant, item, read_anew
from tests.constraints import change

HALCYON = "Halcyon Fleet Ltd"
BACKEND = "integrity.people.backends.ServingMemberBackend"
LABELS = ["Offers", "Interests", "Media contacts", "Contracts", "Payments", "Purchases by card"]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(read_anew(user), backend=BACKEND)
    return client


def path(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"psd:organisations-{name}", args=args, query=query or None)


def text(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def make(world: World) -> Callable[[str], Organisation]:
    return lambda name: find_or_create(name=name, department=world.alliance_psd)


Make = Callable[[str], Organisation]


@pytest.fixture
def halcyon(world: World, make: Make, media: None) -> Organisation:
    """An organisation that appears in every register of Northmoor."""
    declare(world.constable)
    interests.apply(world.colleague, organisation=HALCYON)
    contacts.log(world.constable, contacts.CALL, speakers=(contacts.Speaker("Jo", HALCYON),))
    procurement.contract(world.northmoor, HALCYON)
    procurement.payment(world.northmoor, HALCYON, 700)
    procurement.payment(world.northmoor, HALCYON, -200)
    procurement.purchase(procurement.card(world.colleague), merchant=HALCYON)
    return make(HALCYON)


def shown(user: User, organisation: Organisation) -> dict[str, int]:
    """How many of each kind somebody sees on its page."""
    response = client_of(user).get(path("page", organisation.pk))
    assert response.status_code == 200
    return {row[0]["label"]: row[1] for row in response.context["totals"]}


# --- who sees what --------------------------------------------------------------------------------


def test_each_reader_sees_the_parts_that_are_theirs(world: World, halcyon: Organisation) -> None:
    buying = {"Contracts": 1, "Payments": 2, "Purchases by card": 1}
    declared = {"Offers": 1, "Interests": 1, "Media contacts": 1}
    assert shown(world.reviewer, halcyon) == {**declared, **buying}
    assert shown(world.inspector, halcyon) == {**declared, **buying}
    assert shown(world.procurement_officer, halcyon) == buying
    assert shown(world.press_officer, halcyon) == {"Media contacts": 1}


def owned(user: User, organisation: Organisation) -> Any:
    return client_of(user).get(reverse("organisations:page", args=[organisation.pk]))


def test_an_owner_of_registers_reads_theirs_on_the_site(
    world: World, halcyon: Organisation
) -> None:
    """What the registers hold and what the force publishes; each link opens for them."""
    add_bidder(
        procurement.tender(world.northmoor), name=HALCYON, by=world.procurement_officer, now=NOW
    )
    assert shown(world.procurement_officer, halcyon)["Tenders"] == 1
    response = owned(world.register_owner, halcyon)
    counts = {row[0]["label"]: row[1] for row in response.context["totals"]}
    assert counts == {
        "Offers": 1, "Interests": 1, "Media contacts": 1, "Contracts": 1, "Payments": 2,
    }  # fmt: skip
    links = [item.path for _, item in response.context["page_obj"] if item.path]
    assert len(links) == 3
    client = client_of(world.register_owner)
    assert {client.get(link).status_code for link in links} == {200}
    entry = text(client.get(links[0]))
    assert reverse("organisations:page", args=[halcyon.pk]) in entry
    assert "Everything known of Halcyon Fleet Ltd" in entry
    assert summary(Offer.objects.get()).status in text(response)


def test_nobody_else_finds_the_page_on_the_site(world: World, halcyon: Organisation) -> None:
    for who in (
        "constable", "sergeant", "reviewer", "inspector", "procurement_officer", "press_officer",
        "administrator", "governance_member", "eastvale_constable", "harbour_reviewer",
    ):  # fmt: skip
        assert owned(world.people()[who], halcyon).status_code == 404, who
    offer = declare(world.constable)
    own = client_of(world.constable).get(reverse("gifts:case", args=[offer.case.reference]))
    assert "Everything known of" not in text(own)


def test_an_entry_on_the_desk_leads_there_for_who_reads_it(
    world: World, halcyon: Organisation
) -> None:
    """From the provider’s, the employer’s and the outlet’s name."""
    address = path("page", halcyon.pk)
    found = appearances(read_anew(world.reviewer), [halcyon.pk])
    for label in ("Offers", "Interests", "Media contacts"):
        assert address in text(client_of(world.reviewer).get(found[label][0].path)), label
    (contact,) = appearances(read_anew(world.press_officer), [halcyon.pk])["Media contacts"]
    assert address in text(client_of(world.press_officer).get(contact.path))


def test_the_site_s_page_is_one_for_merged_records_and_narrows(
    world: World, halcyon: Organisation, make: Make
) -> None:
    flete = make("Halcyon Flete")
    merge(flete, into=halcyon, reason="A slip.", by=world.reviewer, now=NOW)
    there = reverse("organisations:page", args=[halcyon.pk])
    assert owned(world.register_owner, flete).headers["Location"] == there
    only = client_of(world.register_owner).get(f"{there}?kind=Media+contacts")
    assert {label for label, _ in only.context["page_obj"]} == {"Media contacts"}


def test_nobody_reads_their_own_there(world: World, halcyon: Organisation) -> None:
    declare(world.reviewer)
    assert shown(world.reviewer, halcyon)["Offers"] == 1
    assert shown(world.psd_head, halcyon)["Offers"] == 2


def test_the_page_is_not_there_for_anybody_else(world: World, halcyon: Organisation) -> None:
    for who in (
        "constable", "administrator", "governance_member", "register_owner",
        "investigation_inspector", "harbour_reviewer",
    ):  # fmt: skip
        user = world.people()[who]
        assert client_of(user).get(path("page", halcyon.pk)).status_code == 404, who
    assert client_of(world.reviewer).get(path("page", 999_999)).status_code == 404


def test_notes_are_psd_s_alone_and_reasons_not_procurement_s(
    world: World, halcyon: Organisation, make: Make
) -> None:
    add_note(halcyon, text="planted-note", by=world.reviewer, now=NOW)
    merge(make("Halcyon Flete"), into=halcyon, reason="Planted-reason", by=world.reviewer, now=NOW)
    sees = {
        name: {word for word in ("note", "reason") if f"planted-{word}" in text(
            client_of(world.people()[name]).get(path("page", halcyon.pk))
        ).lower()}
        for name in ("reviewer", "inspector", "procurement_officer")
    }  # fmt: skip
    assert sees == {
        "reviewer": {"note", "reason"}, "inspector": {"reason"}, "procurement_officer": set(),
    }  # fmt: skip


# --- the timeline ---------------------------------------------------------------------------------


def test_totals_are_summed_and_the_newest_is_first(world: World, halcyon: Organisation) -> None:
    response = client_of(world.reviewer).get(path("page", halcyon.pk))
    totals = {row[0]["label"]: row[2] for row in response.context["totals"]}
    assert totals["Payments"] == "£500.00"
    assert totals["Contracts"] == "£120,000.00"
    assert totals["Interests"] == ""
    days = [item.on for _, item in response.context["page_obj"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == 7
    only = client_of(world.reviewer).get(path("page", halcyon.pk, kind="Payments"))
    assert {label for label, _ in only.context["page_obj"]} == {"Payments"}
    assert client_of(world.reviewer).get(path("page", halcyon.pk, kind="Lies")).status_code == 200


def test_what_is_to_come_stands_by_itself_and_says_what_happens(
    world: World, halcyon: Organisation
) -> None:
    today = timezone.localdate()
    begins, closes = today + timedelta(18), today + timedelta(25)
    interests.apply(world.sergeant, organisation=HALCYON, starts_on=begins)
    notice = procurement.batch(world.northmoor, "contracts")
    procurement.tender(world.northmoor, HALCYON, closes_on=closes, batch=notice)
    on_site = reverse("organisations:page", args=[halcyon.pk])
    for who, address in (
        (world.reviewer, path("page", halcyon.pk)),
        (world.register_owner, on_site),
    ):
        response = client_of(who).get(address)
        page = " ".join(text(response).split())
        coming, been = page.split("Timeline, newest first")
        assert "To come</h2>" in coming
        assert f"Begins {day(begins)}" in coming
        assert f"Closes {day(closes)}" in coming
        assert "Begins" not in been
        assert all(item.on > today for item in response.context["coming"])
        assert all(item.on <= today for item in response.context["been"])
    only = text(client_of(world.reviewer).get(path("page", halcyon.pk, kind="Tenders")))
    assert "Tenders to come" in only
    assert "newest first" not in only


def test_a_sum_of_some_says_of_how_many(world: World, halcyon: Organisation) -> None:
    declare(world.colleague, organisation=HALCYON, items=(item(20),))
    declare(world.colleague, organisation=HALCYON, items=(item(UNKNOWN),))
    response = client_of(world.psd_head).get(path("page", halcyon.pk))
    totals = {row[0]["label"]: row[1:] for row in response.context["totals"]}
    assert totals["Offers"] == [3, "£25.00 (2 of 3; the others have no amount)"]


def test_the_site_s_page_leads_back_to_the_entry_and_nowhere_else(
    world: World, halcyon: Organisation, make: Make
) -> None:
    client = client_of(world.register_owner)
    entry = reverse("gifts:case", args=[Offer.objects.get().case.reference])
    there = reverse("organisations:page", args=[halcyon.pk], query={"from": entry})
    assert f'href="{there}"' in text(client.get(entry))
    back = f'<a class="govuk-back-link" href="{entry}">Back</a>'
    shown = client.get(there)
    assert back in text(shown)
    kinds = [row[0]["url"] for row in shown.context["totals"]]
    assert back in text(client.get(reverse("organisations:page", args=[halcyon.pk]) + kinds[0]))
    flete = make("Halcyon Flete")
    merge(flete, into=halcyon, reason="A slip.", by=world.reviewer, now=NOW)
    merged = reverse("organisations:page", args=[flete.pk], query={"from": entry})
    assert client.get(merged).headers["Location"] == there
    home = f'<a class="govuk-back-link" href="{reverse("home")}">My record</a>'
    for elsewhere in (
        "",
        "https://bad.example/",
        "//bad.example",
        "/\\bad.example",
        "gifts/",
        "javascript:x",
    ):
        away = reverse("organisations:page", args=[halcyon.pk], query={"from": elsewhere})
        assert home in text(client.get(away)), elsewhere


def test_names_are_said_in_words(world: World, halcyon: Organisation) -> None:
    OrganisationName.objects.create(
        organisation=halcyon, department=world.alliance_psd, name="Hal Leasing", key="hal leasing"
    )
    page = text(client_of(world.reviewer).get(path("page", halcyon.pk)))
    assert "Hal Leasing: spelt so in a file or an entry" in page
    assert "Department" not in page.split("Names and numbers")[1]


def test_200_things_cost_as_many_queries_as_10(world: World, halcyon: Organisation) -> None:
    client, address = client_of(world.reviewer), path("page", halcyon.pk)

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = queries()
    for number in range(60):
        on = TODAY - timedelta(number)
        procurement.payment(world.northmoor, HALCYON, number, paid_on=on)
        procurement.contract(world.northmoor, HALCYON, awarded_on=on)
    for number in range(20):
        declare(world.constable, organisation=HALCYON)
        add_name(halcyon, name=f"Depot {number}", kind=NameKind.TRADING, by=world.reviewer, now=NOW)
    assert queries() == before
    assert len(client.get(address).context["page_obj"]) == 50


# --- what is read as one --------------------------------------------------------------------------


def test_a_merged_record_leads_to_what_it_counts_as_and_adds_to_it(
    world: World, halcyon: Organisation, make: Make
) -> None:
    declare(world.constable, organisation="Halcyon Flete")
    flete = make("Halcyon Flete")
    merged = merge(flete, into=halcyon, reason="A slip.", by=world.reviewer, now=NOW)
    client = client_of(world.reviewer)
    assert client.get(path("page", flete.pk)).headers["Location"] == path("page", halcyon.pk)
    assert shown(world.reviewer, halcyon)["Offers"] == 2
    back = client.post(path("unmerge", merged.pk), {"reason": "Two after all."})
    assert back.headers["Location"] == path("page", flete.pk)
    assert shown(world.reviewer, halcyon)["Offers"] == 1
    assert shown(world.reviewer, flete) == {"Offers": 1}


def test_interests_of_a_merged_spelling_show_until_it_is_un_merged(
    world: World, make: Make
) -> None:
    one = interests.apply(world.constable, organisation="Fallow Hill")
    other = interests.apply(world.colleague, organisation="Fallow Hll")
    merged = merge(
        make("Fallow Hll"), into=make("Fallow Hill"), reason="x", by=world.reviewer, now=NOW
    )

    def seen() -> set[Interest]:
        return set(same_organisation(Interest.objects.all(), interests.fresh(other)))

    assert seen() == {one, other}
    client_of(world.reviewer).post(path("unmerge", merged.pk), {"reason": "Two after all."})
    assert seen() == {other}


@pytest.mark.usefixtures("media")
def test_an_outlet_counts_the_contacts_of_its_merged_spellings(world: World, make: Make) -> None:
    for name in ("Moor Gazette", "Moor Gazete"):
        contacts.log(world.constable, contacts.CALL, speakers=(contacts.Speaker("Jo", name),))
    gazette, spelt = make("Moor Gazette"), make("Moor Gazete")

    def counts() -> list[int]:
        client = client_of(world.reviewer)
        outlets = [Outlet.objects.get(organisation=each).pk for each in (gazette, spelt)]
        pages = (client.get(reverse("psd:media-outlet", args=[pk])) for pk in outlets)
        listed = client.get(reverse("psd:media-outlets")).context["rows"]
        by_name = {row[0]["label"]: row[2] for row in listed}
        return [
            *(dict(each.context["figures"])["Contacts"] for each in pages),
            by_name["Moor Gazette"],
            by_name["Moor Gazete"],
        ]

    assert counts() == [1, 1, 1, 1]
    merged = merge(spelt, into=gazette, reason="A slip.", by=world.reviewer, now=NOW)
    assert counts() == [2, 2, 2, 2]
    client_of(world.reviewer).post(path("unmerge", merged.pk), {"reason": "Two after all."})
    assert counts() == [1, 1, 1, 1]


# --- merging at the desk --------------------------------------------------------------------------


def test_two_records_are_found_looked_at_and_merged(world: World, make: Make) -> None:
    fleet, flete = make(HALCYON), make("Halcyon Flete")
    client = client_of(world.reviewer)
    found = text(client.get(path("merge", fleet.pk)))
    assert f"?with={flete.pk}" in found
    assert f"?with={flete.pk}" in text(client.get(path("merge", fleet.pk, q="flete")))
    address = path("merge", fleet.pk, **{"with": flete.pk})
    assert "Which record do they go on as?" in text(client.get(address))
    refused = client.post(address, {"stays": fleet.pk, "reason": ""})
    assert refused.status_code == 422
    done = client.post(address, {"stays": flete.pk, "reason": "A slip."}, follow=True)
    assert "are read as one organisation now" in text(done)
    (banner,) = map(str, done.context["messages"])
    undo = reverse("admin:organisations-unmerge", args=[Merge.objects.get().pk])
    assert page_of(flete) in banner
    assert undo in banner
    assert Organisation.objects.get(pk=fleet.pk).merged_into_id == flete.pk


def test_a_refusal_is_the_form_s_own_sentence(world: World, make: Make) -> None:
    fleet, flete = make(HALCYON), make("Halcyon Flete")
    change(fleet, company_number="01234567")
    change(flete, company_number="07654321")
    address = path("merge", fleet.pk, **{"with": flete.pk})
    response = client_of(world.reviewer).post(address, {"stays": fleet.pk, "reason": "A slip."})
    assert response.status_code == 422
    assert "different Companies House numbers, 01234567 and 07654321" in text(response)
    assert not Merge.objects.exists()


def test_another_department_s_record_is_not_there(world: World, make: Make) -> None:
    theirs = find_or_create(name="Quay Print", department=world.harbour_psd)
    client = client_of(world.reviewer)
    assert client.get(path("merge", make(HALCYON).pk, **{"with": theirs.pk})).status_code == 404
    assert client.get(path("merge", theirs.pk)).status_code == 404


def test_only_psd_writes(world: World, make: Make) -> None:
    fleet, flete = make(HALCYON), make("Halcyon Flete")
    merged = merge(flete, into=fleet, reason="A slip.", by=world.reviewer, now=NOW)
    pages = [
        path("unmerge", merged.pk),
        *(path(p, fleet.pk) for p in "merge name parent note".split()),
    ]
    for who in ("inspector", "procurement_officer", "harbour_reviewer"):
        client = client_of(world.people()[who])
        for page in pages:
            assert client.get(page).status_code == 404, (who, page)
            assert client.post(page, {"reason": "x", "text": "x"}).status_code == 404, (who, page)


# --- the queue ------------------------------------------------------------------------------------


def suggest(w: World, one: Organisation, other: Organisation, score: int) -> MergeSuggestion:
    return MergeSuggestion.objects.create(
        department=w.alliance_psd, one=one, other=other, score=score, why="alike", found_at=NOW
    )


def test_the_surest_is_first_and_one_click_rules(world: World, make: Make) -> None:
    a, b, c = make("Alder"), make("Birch"), make("Cedar")
    unsure, certain = suggest(world, a, b, 60), suggest(world, a, c, 97)
    client, address = client_of(world.reviewer), path("suggestions")
    assert [row[0].pk for row in client.get(address).context["rows"]] == [certain.pk, unsure.pk]
    client.post(address, {"suggestion": unsure.pk, "ruling": "different", "note": "No."})
    ruled = client.post(address, {"suggestion": certain.pk, "ruling": "same"}, follow=True)
    *_, banner = map(str, ruled.context["messages"])
    assert page_of(a) in banner
    assert reverse("admin:organisations-unmerge", args=[Merge.objects.get().pk]) in banner
    rulings = dict(MergeSuggestion.objects.values_list("pk", "ruling"))
    assert rulings == {unsure.pk: Ruling.DIFFERENT, certain.pk: Ruling.SAME}
    assert Merge.objects.get().into == a
    assert "No two organisations look like one" in text(client.get(address))


def test_a_suggestion_is_shown_to_whom_may_rule_alone(world: World, make: Make) -> None:
    """It names another record, whose entries its reader may not be let to read."""
    alder = make("Alder")
    found, address = suggest(world, alder, make("Birch"), 80), path("suggestions")
    sent = {"suggestion": found.pk, "ruling": "same"}
    assert 'name="ruling"' in text(client_of(world.reviewer).get(address))
    assert "Birch" in text(client_of(world.reviewer).get(path("page", alder.pk)))
    for who in ("inspector", "constable", "procurement_officer", "administrator"):
        client = client_of(world.people()[who])
        assert client.get(address).status_code == 404, who
        assert client.post(address, sent).status_code == 404, who
    assert "Birch" not in text(client_of(world.inspector).get(path("page", alder.pk)))
    assert address not in text(client_of(world.inspector).get(reverse("psd:index")))
    grant(world.body_member, Role.PSD_HEAD, oversight_body=world.body)
    grant(world.body_member, Role.INSPECTOR, force=world.northmoor)
    monitoring = client_of(world.body_member)
    assert monitoring.get(address).status_code == 404
    assert "Birch" not in text(monitoring.get(path("page", alder.pk)))
    harbour = client_of(world.harbour_reviewer)
    assert "80 of 100" not in text(harbour.get(address))
    harbour.post(address, sent)
    assert MergeSuggestion.objects.get().ruling == ""


@pytest.mark.parametrize("sent", [{}, {"suggestion": "x", "ruling": "same"}, {"ruling": "maybe"}])
def test_nonsense_is_answered_with_a_sentence(sent: dict[str, str], world: World) -> None:
    response = client_of(world.reviewer).post(path("suggestions"), sent, follow=True)
    assert "Choose a pair" in text(response)


def test_the_queue_does_not_grow_in_queries(world: World, make: Make) -> None:
    client, address = client_of(world.reviewer), path("suggestions")
    first = make("Alder")

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    suggest(world, first, make("Alder 1"), 80)
    before = queries()
    for number in range(2, 20):
        suggest(world, first, make(f"Alder {number}"), 80)
    assert queries() == before


# --- names, numbers, parents, notes ---------------------------------------------------------------


def test_psd_adds_names_a_parent_and_notes(world: World, make: Make) -> None:
    fleet, group = make(HALCYON), make("Halcyon Group")
    client = client_of(world.reviewer)
    said = {"name": "Hal’s Cars", "kind": "trading", "starts_on_day": "1", "starts_on_month": "4",
            "starts_on_year": "2020"}  # fmt: skip
    client.post(path("name", fleet.pk), said)
    client.post(path("parent", fleet.pk), {"parent": "HALCYON GROUP plc"})
    client.post(path("note", fleet.pk), {"text": "Ask about the depot."})
    page = text(client.get(path("page", fleet.pk)))
    assert "Hal’s Cars: trading name, from 1 April 2020" in page
    assert "Ask about the depot." in page
    assert Organisation.objects.get(pk=fleet.pk).parent == group
    assert OrganisationName.objects.get().key == "hals cars"
    assert OrganisationNote.objects.get().written_by == world.reviewer
    assert HALCYON in text(client.get(path("page", group.pk)))
    client.post(path("parent", fleet.pk), {"parent": ""})
    assert Organisation.objects.get(pk=fleet.pk).parent is None


def test_a_name_that_another_record_has_is_suggested_not_added(world: World, make: Make) -> None:
    fleet, leasing = make(HALCYON), make("Halcyon Vehicle Leasing")
    client = client_of(world.reviewer)
    said = {"name": "HALCYON VEHICLE LEASING", "kind": "trading"}
    page = text(client.post(path("name", fleet.pk), said, follow=True))
    assert "so a merge is suggested: Halcyon Fleet Ltd and Halcyon Vehicle Leasing." in page
    assert "goes by the trading name “HALCYON VEHICLE LEASING”" in page
    assert not OrganisationName.objects.exists()
    assert not Merge.objects.exists()
    client.post(path("name", fleet.pk), said)
    found = MergeSuggestion.objects.get()
    assert Event.objects.filter(name="merge suggested by a name").exists()
    rule(found, ruling=Ruling.DIFFERENT, note="", by=world.reviewer, now=NOW)
    refused = client.post(path("name", fleet.pk), said)
    assert "an analyst ruled so, or their numbers differ" in text(refused)
    assert (fleet.root_id, leasing.root_id) == (fleet.pk, leasing.pk)


def test_what_cannot_be_added_is_said(world: World, make: Make) -> None:
    fleet, part = make(HALCYON), make("Halcyon Parts")
    set_parent(part, parent=fleet, by=world.reviewer, now=NOW)
    client = client_of(world.reviewer)
    for page, sent, why in (
        ("name", {"name": "Halcyon Fleet", "kind": "legal"}, "is known already"),
        ("parent", {"parent": "Nobody"}, "No organisation is called “Nobody”"),
        ("parent", {"parent": "Halcyon Parts"}, "is this organisation, or a part of it"),
        ("parent", {"parent": HALCYON}, "is this organisation, or a part of it"),
        ("note", {"text": " "}, "the note"),
    ):
        response = client.post(path(page, fleet.pk), sent)
        assert response.status_code == 422, page
        assert why in text(response), why


def keep(w: World, organisation: Organisation, **changes: Any) -> Any:
    """What the head of PSD sends from the form of reference data."""
    sent = {
        "name": organisation.name, "company_number": "", "charity_number": "", "place": "",
        "parent": "", **changes,
    }  # fmt: skip
    for prefix in ("names", "supplier_numbers"):
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"} | {
            key: value for key, value in changes.items() if key.startswith(f"{prefix}-")
        }
    address = reverse("psd:organisations_organisation_change", args=[organisation.pk])
    return client_of(w.psd_head).post(address, sent)


def test_numbers_are_checked_and_padded(world: World, make: Make) -> None:
    fleet = make(HALCYON)
    assert keep(world, fleet, company_number="1234567").status_code == 302
    assert Organisation.objects.get(pk=fleet.pk).company_number == "01234567"
    refused = keep(world, fleet, company_number="12345678901")
    assert refused.status_code == 200
    assert Organisation.objects.get(pk=fleet.pk).company_number == "01234567"


def test_a_number_that_a_merged_record_contradicts_is_refused(world: World, make: Make) -> None:
    fleet, flete = make(HALCYON), make("Halcyon Flete")
    change(flete, company_number="07654321")
    merge(flete, into=fleet, reason="A slip.", by=world.reviewer, now=NOW)
    assert "different Companies House numbers" in text(
        keep(world, fleet, company_number="01234567")
    )


def test_supplier_numbers_are_a_force_s(world: World, make: Make) -> None:
    fleet = make(HALCYON)
    row = {"supplier_numbers-TOTAL_FORMS": "1", "supplier_numbers-0-number": "V001"}
    force = {"supplier_numbers-0-force": str(world.northmoor.pk)}
    assert keep(world, fleet, **row, **force).status_code == 302
    assert SupplierNumber.objects.get().force == world.northmoor
    assert "Supplier number of Northmoor" in text(
        client_of(world.procurement_officer).get(path("page", fleet.pk))
    )
    elsewhere = {
        "supplier_numbers-0-force": str(world.harbour.pk),
        "supplier_numbers-0-number": "V2",
    }
    assert keep(world, fleet, **{**row, **elsewhere}).status_code == 200

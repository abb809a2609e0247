"""The pages of nil returns: the head's, the withdrawal, the desk's, and a force's own rule."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.casework.actions import return_nil
from integrity.casework.enums import Standing
from integrity.casework.models import NilReturn, NilReturnReminder, NilReturnRule
from integrity.casework.nil_returns import quarters_over, standings
from integrity.casework.quarters import Quarter
from integrity.people.enums import Role
from integrity.people.models import Unit, User
from registers.gifts import actions as gifts
from tests.builders import START, World, facts, grant, person, read_anew
from tests.integrity.ui.page import Page

TODAY = timezone.localdate()
LAST, BEFORE, *_ = quarters_over(TODAY, 4)
PAGE = "/nil-returns/"
DESK = "/psd/nil-returns/"
NORTHMOOR = f"{DESK}?force=NMR"


@pytest.fixture
def unit(world: World) -> Unit:
    world.patrol.head = world.sergeant
    world.patrol.save()
    return world.patrol


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(read_anew(user), backend="integrity.people.backends.ServingMemberBackend")
    return client


def words(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def box(unit: Unit, quarter: Quarter = LAST) -> str:
    return f"unit-{unit.pk}-{quarter.key}"


def declare_in(user: User, quarter: Quarter = LAST) -> None:
    said = facts(offered_on=quarter.last, late_reason="I was away.")
    gifts.declare(facts=said, subject=user, by=user, now=timezone.now())


def nil(unit: Unit, *registers: str, quarter: Quarter = LAST, by: User) -> NilReturn:
    slugs = registers or ("gifts",)
    return return_nil(unit, registers=slugs, quarter=quarter, by=by, now=timezone.now())[0]


# --- the head's page ------------------------------------------------------------------------------


def test_it_exists_for_heads_and_their_line_managers_alone(world: World, unit: Unit) -> None:
    opens = {
        name
        for name, user in world.people().items()
        if signed_in(user).get(PAGE).status_code == 200
    }
    assert opens == {"sergeant", "inspector_of_police"}
    assert signed_in(world.constable).post(PAGE, {box(unit): "gifts"}).status_code == 404


def test_it_asks_of_each_register_and_quarter_and_ticks_nothing(world: World, unit: Unit) -> None:
    response = signed_in(world.sergeant).get(PAGE)
    boxes = Page(response.content.decode()).all("input", type="checkbox")
    assert [each["value"] for each in boxes if each["name"] == box(unit)] == [
        "gifts",
        "business_interests",
        "media_contacts",
    ]
    assert len(boxes) == 4 * 3
    assert not [each for each in boxes if "checked" in each]
    assert f"Nothing was offered to anyone in Patrol in {LAST.words}" in words(response)


def test_what_was_ticked_is_returned_and_the_rest_still_waits(world: World, unit: Unit) -> None:
    client = signed_in(world.sergeant)
    sent = {box(unit): ["gifts", "media_contacts"], box(unit, BEFORE): ["gifts"]}
    page = client.post(PAGE, sent, follow=True)
    assert "It is on record that there was nothing." in words(page)
    found = standings([unit], [LAST, BEFORE], today=TODAY)
    assert {
        (each.quarter, each.register.slug) for each in found if each.standing == Standing.NIL
    } == {(LAST, "gifts"), (LAST, "media_contacts"), (BEFORE, "gifts")}
    left = Page(page.content.decode()).all("input", type="checkbox")
    assert [each["value"] for each in left if each["name"] == box(unit)] == ["business_interests"]
    assert client.post(PAGE, sent).status_code == 302, "sent twice, it is the same answer"
    assert NilReturn.objects.count() == 3


def test_nothing_ticked_is_no_answer(world: World, unit: Unit) -> None:
    response = signed_in(world.sergeant).post(PAGE, {})
    assert response.status_code == 422
    assert "Tick what you confirm, or declare what there was." in words(response)
    assert not NilReturn.objects.exists()


def test_what_was_declared_meanwhile_refuses_all_that_was_ticked(world: World, unit: Unit) -> None:
    client = signed_in(world.sergeant)
    declare_in(world.constable)
    response = client.post(PAGE, {box(unit): ["gifts", "media_contacts"]})
    assert response.status_code == 422
    assert "Patrol has 1 entry in “Gifts and hospitality”" in words(response)
    assert not NilReturn.objects.exists()


@pytest.mark.parametrize("name", ["unit-0-2026-1", "unit-1-2019-1"])
def test_of_another_unit_or_quarter_nothing_is_returned(
    name: str, world: World, unit: Unit
) -> None:
    assert signed_in(world.sergeant).post(PAGE, {name: "gifts"}).status_code == 422
    assert not NilReturn.objects.exists()


def test_a_manager_finds_the_units_of_their_reports_behind_a_summary(
    world: World, unit: Unit
) -> None:
    client = signed_in(world.inspector_of_police)
    assert "Units headed by people who report to you" in words(client.get(PAGE))
    assert "Nil returns of your team’s units" in words(client.get("/team/"))
    assert "Nil returns of your team’s units" not in words(signed_in(world.sergeant).get("/team/"))
    assert client.post(PAGE, {box(unit): ["gifts"]}).status_code == 302
    assert NilReturn.objects.get().stated_by == world.inspector_of_police


def test_the_home_page_says_how_many_wait(world: World, unit: Unit) -> None:
    client = signed_in(world.sergeant)
    assert "12 nil returns wait for you" in words(client.get("/"))
    nil(unit, "gifts", by=world.sergeant)
    declare_in(world.constable, BEFORE)
    assert "10 nil returns wait for you" in words(client.get("/"))
    NilReturnRule.objects.create(force=world.northmoor, effective_from=START, quarters=1)
    nil(unit, "business_interests", by=world.sergeant)
    assert "1 nil return waits for you" in words(client.get("/"))
    nil(unit, "media_contacts", by=world.sergeant)
    home = words(client.get("/"))
    assert "wait for you" not in home
    assert "Nil returns of your unit" in home
    assert "nil return" not in words(signed_in(world.constable).get("/")).lower()


# --- withdrawing ----------------------------------------------------------------------------------


def test_a_nil_return_is_withdrawn_with_a_reason(world: World, unit: Unit) -> None:
    stated, client = nil(unit, by=world.sergeant), signed_in(world.sergeant)
    path = reverse("casework:withdraw-nil", args=[stated.pk])
    assert path in client.get(PAGE).content.decode()
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "A lunch came to light."}).status_code == 302
    stated.refresh_from_db()
    assert (stated.withdrawn_by, stated.withdrawn_reason) == (
        world.sergeant,
        "A lunch came to light.",
    )
    page = client.get(path)
    assert "A lunch came to light." in words(page)
    assert not Page(page.content.decode()).all("textarea")
    assert client.post(path, {"reason": "Again."}).status_code == 422


def test_it_is_nobody_s_to_withdraw_but_the_head_s_and_their_manager_s(
    world: World, unit: Unit
) -> None:
    stated = nil(unit, by=world.sergeant)
    path = reverse("casework:withdraw-nil", args=[stated.pk])
    for name in ("constable", "psd_head", "harbour_sergeant", "inspector", "governance_member"):
        client = signed_in(getattr(world, name))
        assert client.get(path).status_code == 404, name
        assert client.post(path, {"reason": "Wrong."}).status_code == 404, name
    missing = reverse("casework:withdraw-nil", args=[0])
    assert signed_in(world.sergeant).get(missing).status_code == 404


def test_an_entry_that_contradicts_a_nil_return_is_pointed_out(world: World, unit: Unit) -> None:
    nil(unit, by=world.sergeant)
    declare_in(world.constable)
    assert "1 entry has been declared for it all the same." in words(
        signed_in(world.sergeant).get(PAGE)
    )
    assert "1 entry, although nil was returned" in words(signed_in(world.reviewer).get(NORTHMOOR))


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_s_page_is_psd_s_and_the_inspectors(world: World) -> None:
    opens = {
        name
        for name, user in world.people().items()
        if signed_in(user).get(DESK).status_code == 200
    }
    psd = {"psd_head", "reviewer", "other_reviewer", "harbour_reviewer"}
    assert opens == {*psd, "inspector"}


def rows(response: Any) -> dict[str, str]:
    """Each unit's row of the table."""
    return {row[0]: f"{row[1]}|{row[2]['label']}|{row[3]}" for row in response.context["rows"]}


def test_it_says_of_every_unit_what_is_known_and_who_heads_it(world: World, unit: Unit) -> None:
    world.headquarters.head = world.deputy_chief
    world.headquarters.save()
    Unit.objects.create(force=world.northmoor, name="Custody")
    Unit.objects.create(force=world.northmoor, name="Dogs", head=world.colleague)
    declare_in(world.constable)
    nil(world.headquarters, by=world.deputy_chief)
    User.objects.filter(pk=world.colleague.pk).update(leaves_on=TODAY - timedelta(days=1))
    response = signed_in(world.inspector).get(DESK)
    found = rows(response)
    assert list(found)[:2] == ["Custody", "Dogs"], "who said nothing stands first"
    assert found["Custody"] == "{'label': 'Nobody', 'colour': 'red'}|Not recorded|"
    assert found["Dogs"] == f"{world.colleague.display}, who does not serve|Not recorded|"
    assert found["Headquarters"].startswith(f"{world.deputy_chief.display}|Nil, by ")
    assert found["Patrol"] == f"{world.sergeant.display}|1 entry|"
    assert dict(response.context["figures"]) == {
        "Not recorded": 2,
        "Nil returned": 1,
        "Declared": 1,
        "Not asked": 0,
        "Not due yet": 0,
        "Not recorded, and nobody heads them": 2,
    }
    assert "Harbour" not in words(response)


def test_it_says_how_often_a_head_was_reminded(world: World, unit: Unit) -> None:
    day = LAST.last + timedelta(days=8)
    reminder = {"force": world.northmoor, "unit": unit, "person": world.sergeant}
    for later in (0, 7):
        NilReturnReminder.objects.create(
            **reminder, starts_on=LAST.first, registers=["gifts"],
            reminded_on=day + timedelta(days=later),
        )  # fmt: skip
    assert "|2 times, last on" in rows(signed_in(world.reviewer).get(NORTHMOOR))["Patrol"]


def test_force_register_and_quarter_are_the_page_s_address(world: World, unit: Unit) -> None:
    client = signed_in(world.reviewer)
    nil(unit, "media_contacts", quarter=BEFORE, by=world.sergeant)
    address = f"{NORTHMOOR}&register=media_contacts&quarter={BEFORE.key}"
    assert "|Nil, by " in rows(client.get(address))["Patrol"]
    assert "|Not recorded" in rows(client.get(address.replace("media_contacts", "gifts")))["Patrol"]
    assert client.get(f"{DESK}?force=EVL").context["force"] == world.eastvale
    for odd in ("force=HTP", "force=x&register=x&quarter=x", "register=investigations"):
        response = client.get(f"{DESK}?{odd}")
        assert response.status_code == 200
        assert response.context["force"].code in ("EVL", "NMR"), "never one that is not theirs"


# --- a force's own rule ---------------------------------------------------------------------------


def test_keepers_say_when_heads_are_reminded_and_others_read_it(world: World) -> None:
    add = reverse("psd:casework_nilreturnrule_add")
    data = {
        "force": world.northmoor.pk,
        "effective_from": "1 January 2026",
        "quarters": 2,
        "registers": ["gifts"],
        "first_reminder_days": 10,
        "repeat_days": 14,
        "reminders": 3,
    }
    for reader in (world.reviewer, world.inspector):
        assert signed_in(reader).post(add, data).status_code == 403
    assert signed_in(world.administrator).post(add, {**data, "registers": ["x"]}).status_code == 200
    assert signed_in(world.administrator).post(add, data).status_code == 302
    rule = NilReturnRule.objects.get()
    assert (rule.registers, rule.repeat_days) == (["gifts"], 14)
    page = reverse("psd:casework_nilreturnrule_change", args=[rule.pk])
    assert signed_in(world.inspector).get(page).status_code == 200
    assert signed_in(world.harbour_reviewer).get(page).status_code == 404


# --- who heads a unit -----------------------------------------------------------------------------


def unit_data(unit: Unit, head: User | None) -> dict[str, Any]:
    return {"force": unit.force_id, "name": unit.name, "head": head.pk if head else ""}


@pytest.mark.parametrize("keeper", ["administrator", "psd_head"])
def test_keepers_name_the_head_of_a_unit(world: World, keeper: str) -> None:
    page = reverse("psd:people_unit_change", args=[world.patrol.pk])
    client = signed_in(getattr(world, keeper))
    assert client.post(page, unit_data(world.patrol, world.sergeant)).status_code == 302
    world.patrol.refresh_from_db()
    assert world.patrol.head == world.sergeant
    assert client.post(page, unit_data(world.patrol, None)).status_code == 302
    world.patrol.refresh_from_db()
    assert world.patrol.head is None


def test_a_head_is_of_the_unit_s_force_and_serves(world: World) -> None:
    page = reverse("psd:people_unit_change", args=[world.patrol.pk])
    client = signed_in(world.psd_head)
    left = person("left", force=world.northmoor, leaves_on=TODAY - timedelta(days=1))
    refused = client.post(page, unit_data(world.patrol, world.eastvale_constable))
    assert "Choose somebody of the unit’s own force." in words(refused)
    assert "does not serve; choose somebody who does." in words(
        client.post(page, unit_data(world.patrol, left))
    )
    grant(world.colleague, Role.PSD_REVIEWER, force=world.northmoor)
    reader = signed_in(world.colleague).post(page, unit_data(world.patrol, world.sergeant))
    assert reader.status_code == 403
    world.patrol.refresh_from_db()
    assert world.patrol.head is None

"""A draft holds what was typed; opened again it shows it, and whole it makes the facts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from integrity.casework.actions import save_draft, start_draft
from integrity.casework.models import Case, Draft
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.drafts import OfferDraft, data_of
from registers.gifts.enums import ItemDecision, Purpose, Status, ValueKind, Verb
from registers.gifts.facts import Value
from registers.gifts.facts_of import facts_of
from registers.gifts.models import Offer
from tests.builders import World, declare, facts, item, offer_in, perform, seek


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def draft_of(user: User, purpose: Purpose = Purpose.DECLARE, **data: Any) -> Draft:
    return start_draft(
        by=user, register="gifts", purpose=purpose, keep_days=30, now=timezone.now(), data=data
    )


OFFER = {
    "whose": ["me"],
    "offered_on": ["2026-06-14"],
    "provider": ["organisation"],
    "organisation": ["Halcyon Fleet"],
    "provider_kind": ["contractor"],
}
DECLINED = {
    "description": ["A pen"],
    "kind": ["gift"],
    "decision": ["declined"],
    "value_kind": ["exact"],
    "exact": ["4.50"],
}


def read(draft: Draft, world: World, today: date = date(2026, 6, 15)) -> OfferDraft:
    return OfferDraft(draft, world.policy, by=world.constable, today=today)


def test_whole_answers_make_the_facts(world: World) -> None:
    draft = draft_of(world.constable, **{"offer": OFFER, "items/1": DECLINED})
    stated = read(draft, world).facts()
    assert stated is not None
    assert (stated.offered_on, stated.organisation) == (date(2026, 6, 14), "Halcyon Fleet")
    (pen,) = stated.items
    assert pen.decision == ItemDecision.DECLINED
    assert pen.value == Value(ValueKind.EXACT, Decimal("4.50"), Decimal("4.50"))
    assert read(draft, world).problems() == []


def test_half_answers_make_no_facts_and_say_where_to_go_on(world: World) -> None:
    draft = draft_of(world.constable, offer={**OFFER, "provider_kind": [""]})
    assert read(draft, world).facts() is None
    assert [problem.step for problem in read(draft, world).problems()] == ["offer", "items/1"]


def test_an_unfinished_step_shows_what_was_typed_without_scolding(world: World) -> None:
    draft = draft_of(world.constable, **{"items/1": {"description": ["Half a wor"]}})
    form = read(draft, world).form("items/1")
    assert not form.is_bound
    assert form["description"].value() == "Half a wor"


def test_a_late_offer_asks_why_however_its_month_is_written(world: World) -> None:
    offer = {
        **OFFER,
        "offered_on_day": ["1"],
        "offered_on_month": ["March"],
        "offered_on_year": ["2026"],
    }
    del offer["offered_on"]
    draft = draft_of(world.constable, **{"offer": offer, "items/1": DECLINED})
    assert "late_reason" in read(draft, world).form("offer").fields
    (problem,) = read(draft, world).problems()
    assert (problem.step, problem.field) == ("offer", "late_reason")


@pytest.mark.parametrize("status", [Status.RECORDED, Status.WITH_PSD, Status.PEER_REVIEW])
def test_a_correction_begins_with_what_was_stated(world: World, status: Status) -> None:
    offer = offer_in(status, world)
    draft = start_draft(
        by=world.constable,
        register="gifts",
        purpose=Purpose.CORRECT,
        keep_days=30,
        now=timezone.now(),
        case=offer.case,
        data=data_of(offer),
    )
    restated = OfferDraft(draft, offer.policy, by=world.constable, today=offer.offered_on).facts()
    assert restated == facts_of(offer)


def test_items_that_are_removed_leave_the_others(world: World) -> None:
    three = {f"items/{n}": {**DECLINED, "description": [f"Pen {n}"]} for n in (1, 2, 3)}
    draft = draft_of(world.constable, **{"offer": OFFER, **three})
    assert (
        client_of(world.constable).post(f"/gifts/drafts/{draft.pk}/items/2/remove/").status_code
        == 302
    )
    draft.refresh_from_db()
    stated = read(draft, world).facts()
    assert stated is not None
    assert [i.description for i in stated.items] == ["Pen 1", "Pen 3"]
    assert read(draft, world).next_item() == "items/4"


@pytest.mark.parametrize("who", ["reviewer", "psd_head", "sergeant", "inspector", "administrator"])
def test_a_draft_shows_to_nobody_but_its_writer(world: World, who: str) -> None:
    draft = draft_of(world.constable, offer=OFFER)
    for page in ("offer", "items", "check"):
        assert (
            client_of(getattr(world, who)).get(f"/gifts/drafts/{draft.pk}/{page}/").status_code
            == 404
        )


def test_an_expired_draft_is_gone(world: World) -> None:
    draft = draft_of(world.constable)
    Draft.objects.update(expires_on=date(2026, 1, 1))
    assert client_of(world.constable).get(f"/gifts/drafts/{draft.pk}/offer/").status_code == 404


def test_saving_keeps_the_other_steps(world: World) -> None:
    draft = draft_of(world.constable, offer=OFFER)
    save_draft(draft, step="items/1", values=DECLINED, now=timezone.now())
    assert Draft.objects.get().data == {"offer": OFFER, "items/1": DECLINED}


def test_submitting_twice_finds_the_first_entry(world: World) -> None:
    today = timezone.localdate().isoformat()
    draft = draft_of(
        world.constable, **{"offer": {**OFFER, "offered_on": [today]}, "items/1": DECLINED}
    )
    client = client_of(world.constable)
    first, second = (client.post(f"/gifts/drafts/{draft.pk}/check/") for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_a_correction_of_an_entry_that_changed_meanwhile_is_a_conflict(world: World) -> None:
    offer = declare(world.constable, item(), by=world.constable)
    client = client_of(world.constable)
    opened = client.post(f"/gifts/{offer.case.reference}/correct/")
    perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    answer = client.post(opened["Location"], {"reason": "It was two pens."})
    assert answer.status_code == 409
    assert "changed" in answer.content.decode()


def test_what_became_of_an_item_survives_a_correction(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    offer = perform(Verb.RECORD_DISPOSAL, offer, by=world.constable, in_world=world)
    before = offer.items.get()
    corrected = replace(facts_of(offer), circumstances="At the front desk.")
    perform(Verb.CORRECT, offer, by=world.constable, in_world=world, facts=corrected)
    after = Offer.objects.get().items.get()
    assert (after.pk, after.disposal, after.disposal_on) == (
        before.pk,
        before.disposal,
        before.disposal_on,
    )


def test_a_correction_that_changes_nothing_is_refused(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    with pytest.raises(Denied, match="Nothing was changed"):
        perform(Verb.CORRECT, offer, by=world.constable, in_world=world, facts=facts_of(offer))


def test_the_last_page_says_all_that_was_answered_and_where_it_goes(world: World) -> None:
    today = timezone.localdate().isoformat()
    offer = {**OFFER, "offered_on": [today], "circumstances": ["At the front desk"]}
    draft = draft_of(world.constable, **{"offer": offer, "items/1": DECLINED})
    client = client_of(world.constable)
    for page in ("items", "check"):
        said = client.get(f"/gifts/drafts/{draft.pk}/{page}/").content.decode()
        assert "Declined" in said
        assert "£4.50" in said
    for words in ("At the front desk", "Current contractor", "it is recorded"):
        assert words in said


def test_what_was_asked_for_may_be_declined_before_its_day(world: World) -> None:
    offer = perform(Verb.AUTHORISE, seek(world.constable), by=world.reviewer, in_world=world)
    ahead = facts(item(), offered_on=date(2026, 12, 1))
    perform(Verb.RECORD_OUTCOME, offer, by=world.constable, in_world=world, facts=ahead)
    assert Offer.objects.get().status == Status.RECORDED

"""Offers on the PSD desk: who sees which, what stands in each queue, the case page and its verbs."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.actions.imports import RegisterFile, read, take
from integrity.casework.importing.mapping import Mapping
from integrity.casework.models import Case
from integrity.casework.registry import named
from integrity.people.models import User
from registers.gifts import actions
from registers.gifts.admin import DESK_VERBS
from registers.gifts.case_page import offer_value, risk_points
from registers.gifts.cumulative import cumulative
from registers.gifts.enums import ProviderKind, Status, Verb
from registers.gifts.facts_of import facts_of
from registers.gifts.handlers import HANDLERS
from registers.gifts.models import GiftPolicy, Offer, SupplierNotice, SupplierNoticeRecipient
from registers.gifts.queues import QUEUES
from registers.gifts.workflow import TRANSITIONS
from tests import builders
from tests.builders import World, accepted, facts, fresh, item, offer_in, perform

LIST = reverse("psd:gifts_offer_changelist")
NOW = timezone.now()


def signed_in(user: User) -> Client:
    client = Client()
    backend = "integrity.people.backends.ServingMemberBackend"
    client.force_login(builders.read_anew(user), backend=backend)
    return client


def case_url(offer: Offer) -> str:
    return reverse("psd:gifts_offer_change", args=[offer.pk])


def verb_url(offer: Offer, verb: str) -> str:
    return reverse("psd:gifts_offer_verb", args=[offer.pk, verb])


def words(response: Any) -> str:
    return response.content.decode()


def listed(client: Client, queue: str = "all") -> set[Offer]:
    response = client.get(LIST, {"queue": queue})
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def declared(subject: User, *items: Any, at: datetime = NOW, **details: Any) -> Offer:
    """An offer of the day before it was declared, by the real clock, as queues are read by it."""
    stated = facts(*(items or (accepted(50),)), **details)
    stated = type(stated)(**{**_fields(stated), "offered_on": (at - timedelta(days=1)).date()})
    return actions.declare(facts=stated, subject=subject, by=subject, now=at)


def _fields(stated: Any) -> dict[str, Any]:
    return {name: getattr(stated, name) for name in stated.__dataclass_fields__}


# Scope


def urls_of(offer: Offer) -> Iterable[str]:
    yield case_url(offer)
    yield reverse("psd:gifts_offer_original", args=[offer.pk])
    for verb in (*DESK_VERBS, "unheard-of"):
        yield verb_url(offer, verb)


@pytest.mark.parametrize(
    "who", ["harbour_reviewer", "administrator", "constable", "register_owner"]
)
def test_an_offer_out_of_scope_is_not_found_on_any_url(world: World, who: str) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = signed_in(getattr(world, who))
    for url in urls_of(offer):
        assert client.get(url).status_code == 404, url
        assert client.post(url, {}).status_code in (404, 405), url
    assert fresh(offer).status == Status.WITH_PSD


def test_a_force_administrator_sees_no_cases(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = signed_in(world.administrator)
    assert client.get(LIST).status_code == 403
    assert offer.case.reference not in words(client.get(reverse("psd:index")))
    assert LIST not in words(client.get(reverse("psd:index")))


def test_psds_own_entry_is_not_on_their_desk(world: World) -> None:
    mine = declared(world.reviewer)
    typed = actions.declare(
        facts=facts(accepted(50), offered_on=NOW.date()),
        subject=world.sergeant,
        by=world.reviewer,
        now=NOW,
    )
    assert listed(signed_in(world.reviewer)) == set()
    for url in (*urls_of(mine), *urls_of(typed)):
        assert signed_in(world.reviewer).get(url).status_code == 404, url
    assert listed(signed_in(world.other_reviewer)) == {mine, typed}


def test_an_inspector_reads_and_changes_nothing(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = signed_in(world.inspector)
    assert listed(client) == {offer}
    page = words(client.get(case_url(offer)))
    assert "ir-desk-verbs" not in page
    before = fresh(offer).case.version
    for verb in DESK_VERBS:
        for response in (client.get(verb_url(offer, verb)), client.post(verb_url(offer, verb), {})):
            assert response.status_code == 403, verb
    data = {"action": "assign_to_me", "index": 0, ACTION_CHECKBOX_NAME: [offer.pk]}
    client.post(f"{LIST}?queue=all", data)
    assert fresh(offer).case.version == before
    assert Case.objects.get(pk=offer.case_id).owner is None


def test_nothing_is_added_or_saved_as_a_form(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = signed_in(world.psd_head)
    assert client.post(case_url(offer), {"status": "compliant"}).status_code == 405
    for path in ("add/", f"{offer.pk}/delete/", f"{offer.pk}/history/"):
        assert client.get(LIST + path).status_code == 404, path
    assert "_save" not in words(client.get(case_url(offer)))


# Queues


@pytest.fixture
def queued(world: World) -> dict[str, Offer]:
    """One offer in each state that a queue is made of."""
    found = {
        "new": declared(world.constable),
        "sought": actions.seek_authorisation(
            facts=facts(builders.undecided(), offered_on=NOW.date()),
            subject=world.colleague,
            by=world.colleague,
            now=NOW,
        ),
        "mine": declared(world.sergeant),
        "theirs": declared(world.sergeant, provider_kind=ProviderKind.MEDIA),
        "queried": perform(
            Verb.ASK, declared(world.constable), by=world.other_reviewer, in_world=world
        ),
        "late": declared(world.colleague, at=NOW - timedelta(days=40)),
        "decided": perform(
            Verb.ACCEPT, declared(world.constable), by=world.other_reviewer, in_world=world
        ),
        "recorded": declared(world.constable, item(5)),
        "supervisor": declared(world.constable, accepted(15)),
        "challenged": perform(
            Verb.CHALLENGE,
            declared(world.constable, item(5)),
            by=world.other_reviewer,
            in_world=world,
        ),
        "silent": perform(
            Verb.CHALLENGE,
            declared(world.constable, item(5)),
            by=world.other_reviewer,
            in_world=world,
            silent=True,
            silent_reason="A source would be at risk.",
        ),
    }
    for name, owner in (("mine", world.reviewer), ("theirs", world.other_reviewer)):
        actions.assign(found[name], owner=owner, by=world.psd_head, now=NOW, version=None)
    return found


QUEUED = {
    "todo": {"new", "sought", "mine", "late"},
    "new": {"new", "sought", "late"},
    "mine": {"mine"},
    "queried": {"queried"},
    "overdue": {"late"},
    "open": {"new", "sought", "mine", "theirs", "queried", "late", "supervisor"},
    "outside": set(),
    "decided": {"decided"},
    "recorded": {"recorded", "challenged", "silent"},
    "challenges": {"challenged", "silent"},
    "imported": set(),
}


def test_each_queue_holds_its_own(world: World, queued: dict[str, Offer]) -> None:
    client = signed_in(world.reviewer)
    for slug, names in QUEUED.items():
        assert listed(client, slug) == {queued[name] for name in names}, slug
    assert listed(client) == set(queued.values())
    assert {queue.slug for queue in QUEUES} == {*QUEUED, "all"}


def test_an_inspector_is_not_told_of_silent_challenges(
    world: World, queued: dict[str, Offer]
) -> None:
    client = signed_in(world.inspector)
    assert listed(client, "challenges") == {queued["challenged"]}
    page = words(client.get(case_url(queued["silent"])))
    assert "A source would be at risk." not in page
    assert "A source would be at risk." in words(
        signed_in(world.reviewer).get(case_url(queued["silent"]))
    )


def test_the_desk_opens_on_mine_and_new_by_risk(world: World, queued: dict[str, Offer]) -> None:
    response = signed_in(world.reviewer).get(LIST)
    rows = list(response.context["cl"].queryset)
    assert set(rows) == {queued[name] for name in QUEUED["todo"]}
    risks = [offer.case.risk for offer in rows]
    assert risks == sorted(risks, reverse=True)
    assert "Overdue since" in words(response)


def test_the_first_page_counts_each_queue(world: World, queued: dict[str, Offer]) -> None:
    response = signed_in(world.reviewer).get(reverse("psd:index"))
    registers = {each.name: each for each in response.context["registers"]}
    queues = registers["Gifts and hospitality"].queues
    counts = {queue.path.split("=")[1]: queue.count for queue in queues}
    assert counts == {slug: len(names) for slug, names in QUEUED.items()} | {"all": len(queued)}


def test_a_search_looks_in_every_queue(world: World, queued: dict[str, Offer]) -> None:
    decided = queued["decided"]
    response = signed_in(world.reviewer).get(LIST, {"q": decided.case.reference})
    assert list(response.context["cl"].queryset) == [decided]


def test_assigning_many_to_oneself_says_what_was_refused(
    world: World, queued: dict[str, Offer]
) -> None:
    chosen = [queued["new"].pk, queued["late"].pk, queued["mine"].pk]
    data = {"action": "assign_to_me", "index": 0, ACTION_CHECKBOX_NAME: chosen}
    page = words(signed_in(world.reviewer).post(LIST, data, follow=True))
    assert "2 cases are now yours." in page
    assert "already has this case." in page
    assert fresh(queued["late"]).case.owner == world.reviewer
    assert Event.objects.filter(name="assigned", actor_id=world.reviewer.pk).count() == 2


@pytest.mark.parametrize("queue", ["all", "todo"])
def test_queries_do_not_grow_with_the_rows(
    world: World, queue: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(world.reviewer)

    def read() -> int:
        with django_assert_max_num_queries(40) as queries:
            assert client.get(LIST, {"queue": queue, "all": ""}).status_code == 200
        return len(queries)

    for _ in range(10):
        declared(world.constable, accepted(50), item(5))
    few = read()
    for number in range(190):
        declared(world.colleague, accepted(50), item(5), organisation=f"Firm {number}")
    assert read() == few


# The case page


def test_the_case_page_shows_what_is_known(world: World) -> None:
    before = declared(world.constable, accepted(50), at=NOW - timedelta(days=20))
    perform(Verb.REJECT, before, by=world.other_reviewer, in_world=world)
    notice = SupplierNotice.objects.create(
        force=world.northmoor, title="No gifts", text="None.", dated=before.offered_on
    )
    SupplierNoticeRecipient.objects.create(
        notice=notice, organisation=before.provider_organisation, sent_on=before.offered_on
    )
    offer = declared(world.constable, accepted(50, alcohol=True), item(5, description="Pens"))
    other = declared(world.colleague)
    perform(Verb.ASK, offer, by=world.other_reviewer, in_world=world)
    response = signed_in(world.reviewer).get(case_url(offer))
    page = words(response)
    for said in (
        "Patrol",
        "Sergeant",
        "Pens",
        "£50.00",
        "Item 2",
        "that the force takes no gifts.",
        "Something was accepted: 1 point",
        "Alcohol: 3 points",
        "How do you know what it cost?",
        "In time: within 28 days",
        "Gifts and hospitality, in force from 1 January 2020",
    ):
        assert said in page, said
    references = {each.reference for each in response.context["of_provider"]}
    assert [each.reference for each in response.context["of_person"]] == [before.case.reference]
    assert references == {before.case.reference, other.case.reference}
    assert [each for each, *_ in response.context["similar"]] == [before]
    assert "Because the policy says so." in page


def test_looking_at_a_case_is_recorded_once(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    signed_in(world.reviewer).get(case_url(offer))
    event = Event.objects.get(name="entry viewed")
    assert (event.actor_id, event.about_id, event.audience) == (
        world.reviewer.pk,
        offer.case_id,
        "psd",
    )
    assert fresh(offer).case.version == offer.case.version


def test_a_correction_keeps_its_earlier_version(world: World) -> None:
    offer = declared(world.constable, accepted(50, description="A hamper"))
    stated = facts(accepted(50, description="A small hamper"), offered_on=offer.offered_on)
    actions.correct(
        offer, facts=stated, reason="I measured it.", by=world.constable, now=NOW, version=None
    )
    page = words(signed_in(world.reviewer).get(case_url(offer)))
    assert "A small hamper" in page
    assert "Item 1: Description" in page
    assert "I measured it." in page


def test_an_imported_offer_shows_its_row_and_gives_its_file(world: World, media: None) -> None:
    row = "Date,Name,Given by,Description,Value,Outcome\n13/05/2026,A Roe,Acme Ltd,Pen,£4.50,Declined\n"
    file = RegisterFile(named("gifts"), world.northmoor, "old.csv", row.encode(), Mapping())
    take(file, read(file), by=world.psd_head, now=NOW)
    client = signed_in(world.reviewer)
    (offer,) = listed(client, "imported")
    page = words(client.get(case_url(offer)))
    assert "As it was imported" in page
    assert "Acme Ltd" in page
    original: Any = client.get(reverse("psd:gifts_offer_original", args=[offer.pk]))
    assert b"".join(original.streaming_content) == row.encode()
    assert original["Content-Disposition"] == 'attachment; filename="old.csv"'
    assert "sandbox" in original["Content-Security-Policy"]


def test_the_score_is_made_of_the_facts_that_were_stated(world: World) -> None:
    for subject, items in (
        (world.constable, (accepted(50, alcohol=True),)),
        (world.chief, (accepted(builders.UNKNOWN), item(5))),
        (world.colleague, (item(5),)),
    ):
        offer = fresh(declared(subject, *items, gift_test=builders.DOUBTFUL))
        stated = facts_of(offer)
        assert stated.items == tuple(items)
        assert stated.gift_test == builders.DOUBTFUL
        points = risk_points(offer, cumulative(offer))
        assert sum(each.points for each in points) == offer.case.risk


def test_values_are_words(world: World) -> None:
    def value(*items: Any) -> str:
        return offer_value(fresh(declared(world.constable, *items)))

    assert value(item(5)) == "£5.00"
    assert value(item(builders.pounds(5, 10)), item(5)) == "up to £15.00"
    assert value(item(5), item(builders.UNKNOWN)) == "up to £5.00 and 1 not known"
    assert value(item(builders.UNKNOWN), item(builders.FOREIGN)) == "not known"


# Verbs


def test_every_verb_of_psd_is_on_the_desk() -> None:
    of_psd = {Verb(t.verb) for t in TRANSITIONS if "psd" in t.who}
    assert of_psd == DESK_VERBS <= set(HANDLERS)


def posted(offer: Offer, **details: Any) -> dict[str, Any]:
    return {"version": fresh(offer).case.version, **details}


def test_a_verb_is_carried_out_by_its_form(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = signed_in(world.reviewer)
    steps: tuple[tuple[str, dict[str, Any], Status], ...] = (
        ("assign", {"owner": world.reviewer.pk}, Status.WITH_PSD),
        ("accept-as-compliant", {"reason": "It was a wake."}, Status.COMPLIANT),
        ("reopen", {"reason": "More is known."}, Status.WITH_PSD),
        (
            "mark-non-compliant",
            {"reason": "A bidder.", "action_taken": "advice"},
            Status.NON_COMPLIANT,
        ),
        (
            "challenge",
            {"to": world.constable.pk, "text": "Why?", "how": "silent", "silent_reason": "Risk."},
            Status.NON_COMPLIANT,
        ),
        ("close-challenge", {"disposal": "advice", "note": "Spoken to."}, Status.NON_COMPLIANT),
    )
    for verb, details, status in steps:
        drawn = client.get(verb_url(offer, verb))
        assert drawn.status_code == 200, verb
        if verb == "close-challenge":
            details["challenge"] = offer.case.challenges.get().pk
        response = client.post(verb_url(offer, verb), posted(offer, **details))
        assert response.status_code == 302, (verb, words(response))
        assert response["Location"] == case_url(offer)
        assert fresh(offer).status == status
    page = words(client.get(case_url(offer)))
    assert "Not compliant. Advice given" in page
    assert "Spoken to." in page


def test_a_form_without_its_reason_is_drawn_again(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    response = signed_in(world.reviewer).post(
        verb_url(offer, "accept-as-compliant"), posted(offer, reason="")
    )
    assert response.status_code == 422
    assert "Enter the reason" in words(response)


def test_a_stale_form_is_a_conflict(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    data = posted(offer, reason="Fine.")
    perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    response = signed_in(world.reviewer).post(verb_url(offer, "accept-as-compliant"), data)
    assert response.status_code == 409


def test_the_declarants_verbs_are_not_on_the_desk(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = signed_in(world.psd_head)
    for verb in ("withdraw", "correct", "answer", "peer-review", "approve", "unheard-of"):
        assert client.get(verb_url(offer, verb)).status_code == 404, verb


def test_refused_verbs_stand_with_their_sentences(world: World) -> None:
    offer = offer_in(Status.COMPLIANT, world)
    page = words(signed_in(world.reviewer).get(case_url(offer)))
    assert "Questions are asked before a decision; reopen the case first." in page
    assert "PSD decides when the entry is with PSD and every question is answered." in page
    response = signed_in(world.reviewer).get(verb_url(offer, "ask"))
    assert response.status_code == 403
    assert "reopen the case first" in words(response)


def test_a_conflict_of_interest_is_said_on_the_page(world: World) -> None:
    """The head of PSD manages the reviewer, so may not decide the reviewer's entry."""
    offer = declared(world.reviewer)
    page = words(signed_in(world.psd_head).get(case_url(offer)))
    assert "You cannot decide about somebody who reports to you." in page
    refused = signed_in(world.psd_head).post(
        verb_url(offer, "accept-as-compliant"), posted(offer, reason="Fine.")
    )
    assert refused.status_code == 403
    assert fresh(offer).status == Status.WITH_PSD


def policy_as_posted(**parts: object) -> dict[str, object]:
    """What the desk posts to begin a policy row, with no parts but those given."""
    none = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    empty = {f"{p}-{k}": v for p in ("bands", "reasons", "weights") for k, v in none.items()}
    plain = {
        "title": "A new policy",
        "effective_from": "2030-01-01",
        "summary": "Decline.",
        "report_within_days": 28,
        "decide_within_days": 28,
        "answer_within_days": 7,
        "peer_review_within_days": 7,
        "peer_reviews_needed": 1,
        "draft_days": 30,
        "light_refreshments": "each",
        "light_refreshments_up_to": 10,
        "unknown_value_route": "psd",
        "cumulative_months": 12,
        "cumulative_count": 3,
        "cumulative_value": 100,
        "supervisor_sees": "accepted",
        "challenge_notice": "Take care.",
    }
    return {**plain, **empty, **parts}


def test_a_policy_that_leaves_values_out_is_refused(world: World) -> None:
    client = Client()
    client.force_login(world.psd_head, backend="integrity.people.backends.ServingMemberBackend")
    before = GiftPolicy.objects.count()
    answer = client.post("/psd/gifts/giftpolicy/add/", policy_as_posted(force=world.northmoor.pk))
    page = answer.content.decode()
    assert "Say where every value goes" in page
    assert "Add at least one reason for accepting." in page
    assert GiftPolicy.objects.count() == before

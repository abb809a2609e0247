"""What the database holds an offer to, and who may read one."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import QuerySet

from registers.gifts.enums import ItemDecision, Status, TeamView, Verb
from registers.gifts.models import (
    Band,
    GiftPolicy,
    Item,
    Offer,
    PeerReview,
    Reason,
    RefreshmentCount,
    RiskWeight,
    SupplierNotice,
    SupplierNoticeRecipient,
)
from registers.organisations.actions import find_or_create
from tests import builders
from tests.builders import (
    NOW,
    START,
    TODAY,
    World,
    accepted,
    declare,
    item,
    offer_in,
    perform,
    seek,
)
from tests.constraints import again, change, names_of, refuses


def band(w: World) -> Band:
    return w.policy.bands.all()[0]


def offer(w: World) -> Offer:
    return declare(w.constable)


def first_item(w: World) -> Item:
    return offer(w).items.get()


def peer_review(w: World) -> PeerReview:
    waiting = offer_in(Status.PEER_REVIEW, w)
    perform(Verb.PEER_REVIEW, waiting, by=w.deputy_chief, in_world=w)
    return PeerReview.objects.get(offer=waiting)


def sent_notice(w: World) -> SupplierNoticeRecipient:
    notice = SupplierNotice.objects.create(
        force=w.northmoor, title="No gifts", text="Please send none.", dated=START
    )
    supplier = find_or_create(name="Halcyon Fleet", department=w.alliance_psd)
    return SupplierNoticeRecipient.objects.create(
        notice=notice, organisation=supplier, sent_on=START
    )


def cups(w: World) -> RefreshmentCount:
    return RefreshmentCount.objects.create(
        user=w.constable, force=w.northmoor, month=date(2026, 5, 1), times=3, stated_at=NOW
    )


CASES: dict[str, Callable[[World], object]] = {
    "giftpolicy_has_one_owner": lambda w: change(w.policy, force=w.northmoor),
    "giftpolicy_takes_effect_once_a_day": lambda w: again(w.policy),
    "band_starts_at_a_value_once": lambda w: again(band(w)),
    "band_value_is_not_negative": lambda w: change(band(w), from_value=-1),
    "reason_is_listed_once": lambda w: again(w.policy.reasons.all()[0]),
    "factor_is_weighed_once": lambda w: again(w.policy.weights.all()[0]),
    "offer_provider_is_organisation_or_person_or_unknown": lambda w: change(
        offer(w), provider_organisation=None
    ),
    "offer_person_has_a_key": lambda w: change(
        offer(w), provider_organisation=None, provider_person="A Roe"
    ),
    "offer_known_as_says_why": lambda w: change(offer(w), known_as="contractor"),
    "offer_known_as_is_of_an_organisation_that_supplies": lambda w: change(
        offer(w), known_as="media", known_because="x"
    ),
    "offer_late_says_why": lambda w: change(offer(w), days_late=1),
    "offer_gift_test_is_whole": lambda w: change(offer(w), genuine=True),
    "offer_authorised_was_authorised": lambda w: change(offer(w), status=Status.AUTHORISED),
    "offer_authorisation_refused_was_refused": lambda w: change(
        offer(w), status=Status.AUTHORISATION_REFUSED
    ),
    "item_position_is_taken_once": lambda w: again(first_item(w)),
    "item_value_is_not_negative": lambda w: change(first_item(w), value_from=-1, value_to=-1),
    "item_proceeds_are_not_negative": lambda w: change(
        first_item(w), disposal="raffled", proceeds=-1
    ),
    "item_value_matches_its_kind": lambda w: change(first_item(w), value_kind="range"),
    "item_accepted_says_why": lambda w: change(first_item(w), decision=ItemDecision.ACCEPTED),
    "item_proceeds_are_of_a_raffle": lambda w: change(first_item(w), proceeds=1),
    "item_donated_says_to_whom": lambda w: change(first_item(w), disposal="donated"),
    "item_cash_is_not_refreshments": lambda w: change(
        first_item(w), kind="cash", light_refreshments=True
    ),
    "peer_review_once_for_each_peer": lambda w: again(peer_review(w)),
    "peer_review_is_not_by_its_subject": lambda w: change(
        peer_review(w), reviewed_by=w.assistant_chief
    ),
    "supplier_notice_sent_once_to_each": lambda w: again(sent_notice(w)),
    "refreshments_counted_once_a_month": lambda w: again(cups(w)),
    "refreshments_month_is_its_first_day": lambda w: change(cups(w), month=date(2026, 5, 2)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", names_of("gifts"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"value_kind": "exact", "value_from": None, "value_to": None},
        {"value_kind": "exact", "value_from": 5, "value_to": 6},
        {"value_kind": "range", "value_from": 6, "value_to": 5},
        {"value_kind": "bound", "value_from": 5, "value_to": 6, "value_words": "over £5"},
        {"value_kind": "bound", "value_from": 5, "value_to": None},
        {"value_kind": "unknown", "value_from": None, "value_to": None},
        {"value_kind": "other_currency", "value_words": "$40"},
    ],
)
def test_a_value_that_is_not_of_its_kind_is_refused(
    values: dict[str, object], world: World
) -> None:
    name = "item_value_matches_its_kind"
    refuses(name, {name: lambda w: change(first_item(w), **values)}, world)


@pytest.mark.parametrize(
    ("status", "answer"), [(Status.AUTHORISED, False), (Status.AUTHORISATION_REFUSED, True)]
)
def test_an_answer_to_a_request_that_says_the_opposite_is_refused(
    status: Status, answer: bool, world: World
) -> None:
    name = {
        Status.AUTHORISED: "offer_authorised_was_authorised",
        Status.AUTHORISATION_REFUSED: "offer_authorisation_refused_was_refused",
    }[status]
    refuses(name, {name: lambda w: change(offer(w), status=status, was_authorised=answer)}, world)


ALWAYS = {"constable", "psd_head", "reviewer", "other_reviewer", "register_owner", "inspector"}


def readers(offers: QuerySet[Offer], world: World) -> set[str]:
    pks = set(offers.values_list("pk", flat=True))
    return {
        name
        for name, user in world.people().items()
        if set(Offer.objects.visible_to(user).values_list("pk", flat=True)) & pks
    }


def of(offer: Offer) -> QuerySet[Offer]:
    return Offer.objects.filter(pk=offer.pk)


@pytest.mark.parametrize(
    ("sees", "accepted_one", "declined_one"),
    [
        (TeamView.NONE, False, False),
        (TeamView.ACCEPTED, True, False),
        (TeamView.ALL, True, True),
    ],
)
def test_a_supervisor_sees_of_the_team_what_the_policy_says(
    sees: TeamView, accepted_one: bool, declined_one: bool, world: World
) -> None:
    change(world.policy, supervisor_sees=sees)
    took = declare(world.constable, accepted(5))
    declined = declare(world.constable, item(5))
    for entry, seen in ((took, accepted_one), (declined, declined_one)):
        assert readers(of(entry), world) == ALWAYS | ({"sergeant"} if seen else set())
    team = Offer.objects.of_team(world.sergeant)
    assert set(team) == {o for o, seen in ((took, accepted_one), (declined, declined_one)) if seen}


def test_a_supervisor_always_sees_what_waits_for_them(world: World) -> None:
    change(world.policy, supervisor_sees=TeamView.NONE)
    waiting = offer_in(Status.WITH_SUPERVISOR, world)
    assert "sergeant" in readers(of(waiting), world)


def test_peers_see_a_colleague_s_offer_because_they_were_asked(world: World) -> None:
    waiting = offer_in(Status.PEER_REVIEW, world)
    assert readers(of(waiting), world) == (
        (ALWAYS - {"constable"}) | {"assistant_chief", "deputy_chief", "chief", "governance_member"}
    )


def test_an_entry_made_on_behalf_shows_to_author_and_principal(world: World) -> None:
    entry = declare(world.constable, by=world.staff_officer)
    assert readers(of(entry), world) == ALWAYS | {"staff_officer"}


def test_a_body_s_own_register_shows_to_its_own_psd_and_to_no_force_s(world: World) -> None:
    entry = declare(world.body_member, accepted(50))
    assert readers(of(entry), world) == {"body_member", "psd_head"}


def test_another_force_s_offer_shows_to_nobody_here(world: World) -> None:
    entry = seek(world.harbour_constable)
    assert readers(of(entry), world) == {"harbour_constable", "harbour_reviewer"}


def test_administrators_and_colleagues_read_no_declaration(world: World) -> None:
    for status in Status:
        offer_in(status, world)
    for user in (world.administrator, world.colleague):
        assert not Offer.objects.visible_to(user).exists()


def test_governance_members_read_chief_officers_entries_alone(world: World) -> None:
    offer_in(Status.WITH_PSD, world)
    chief_s = offer_in(Status.WITH_PSD, world, subject=world.assistant_chief)
    elsewhere = declare(world.harbour_constable, accepted(50))
    seen = Offer.objects.visible_to(world.governance_member)
    assert list(seen) == [chief_s]
    assert elsewhere not in seen


def test_a_peer_who_reviewed_goes_on_seeing_the_offer(world: World) -> None:
    peer = world.deputy_chief
    offer = perform(Verb.PEER_REVIEW, offer_in(Status.PEER_REVIEW, world), by=peer, in_world=world)
    assert offer.status == Status.WITH_PSD
    assert offer in Offer.objects.visible_to(peer)


def test_the_same_offer_is_listed_once_however_many_ways_it_is_visible(world: World) -> None:
    change(world.policy, supervisor_sees=TeamView.ALL)
    builders.grant(world.sergeant, builders.Role.PSD_REVIEWER, force=world.northmoor)
    offer_in(Status.WITH_SUPERVISOR, world)
    assert Offer.objects.visible_to(builders.read_anew(world.sergeant)).count() == 1


def test_an_offer_says_in_a_few_words_what_it_was(world: World) -> None:
    two = declare(world.constable, item(5), item(6, description="A pen"))
    assert two.title == "Box of chocolates and 1 more, from Halcyon Fleet Ltd"
    nobody = declare(
        world.constable, organisation="", provider_kind="unknown", circumstances="Left at the desk"
    )
    assert nobody.title == "Box of chocolates, from Not known"


def test_a_list_of_offers_takes_as_many_queries_for_ten_as_for_one(
    world: World, django_assert_num_queries: Callable[[int], object]
) -> None:
    declare(world.constable)

    def draw() -> list[object]:
        return [
            (o.title, o.case.scope_name, str(o.case.subject), [i.reason for i in o.items.all()])
            for o in Offer.objects.visible_to(world.reviewer).with_all()
        ]

    world.reviewer.grants()
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(draw()) == 1
    for _ in range(9):
        declare(world.constable)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(draw()) == 10


def test_the_row_in_force_when_an_offer_was_made_is_frozen_on_it(world: World) -> None:
    before = declare(world.constable, item(5), offered_on=builders.YESTERDAY)
    newer = builders.gift_policy(force=world.northmoor, effective_from=TODAY)
    assert builders.fresh(before).policy == world.policy
    assert declare(world.constable, offered_on=TODAY).policy == newer
    assert declare(world.constable, offered_on=builders.YESTERDAY).policy == world.policy
    corrected = perform(
        Verb.CORRECT,
        before,
        by=world.constable,
        in_world=world,
        facts=builders.facts(item(5), offered_on=TODAY),
    )
    assert corrected.policy == world.policy


def test_policies_weights_and_reasons_are_written_in_words(world: World) -> None:
    weight = RiskWeight.objects.get(policy=world.policy, factor="late")
    assert str(weight) == "Declared late: 2"
    assert str(Reason.objects.filter(policy=world.policy, decision="declined").get()) == "Policy"
    assert str(band(world)) == "Accepted from £0.00: Record without a decision"
    assert GiftPolicy.objects.count() == 3
    assert first_item(world).value_from == Decimal(5)

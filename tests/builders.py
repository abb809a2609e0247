"""Makes the people, policies and offers that tests speak of; states are reached by the real actions.

Everybody has served since START and every test is given its clock, so no test depends on the day it
runs. Passwords are hashed only where a test asks for one.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models import Challenge
from integrity.people.enums import MemberType, RankBand, Role
from integrity.people.models import (
    Force,
    Grade,
    OversightBody,
    RoleGrant,
    StandardsDepartment,
    Unit,
    User,
)
from registers.gifts import actions
from registers.gifts.enums import (
    Action,
    Disposal,
    Factor,
    ItemDecision,
    PeerView,
    ProviderKind,
    Route,
    Status,
    ValueKind,
    Verb,
)
from registers.gifts.facts import DisposalFacts, GiftTest, ItemFacts, OfferFacts, Value
from registers.gifts.models import Band, GiftPolicy, Offer, Reason, RiskWeight

START = date(2020, 1, 1)
NOW = datetime(2026, 6, 15, 11, 0, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)

ACCEPTED_BANDS = ((0, Route.RECORD), (10, Route.SUPERVISOR), (25, Route.PSD), (100, Route.REFUSE))
DECLINED_BANDS = ((0, Route.RECORD), (100, Route.PSD))
WEIGHTS = {
    Factor.ACCEPTED: 1,
    Factor.GIFT_TEST: 20,
    Factor.AGAINST_POLICY: 40,
    Factor.HIGH_VALUE: 10,
    Factor.UNKNOWN_VALUE: 5,
    Factor.PROVIDER: 15,
    Factor.REPEATED: 8,
    Factor.ALCOHOL: 3,
    Factor.LATE: 2,
    Factor.CHIEF_OFFICER: 4,
}
GENUINE = GiftTest(genuine=True, independent=True, free=True, transparent=True)
DOUBTFUL = GiftTest(genuine=True, independent=False, free=True, transparent=True, note="A bidder.")


@dataclass
class World:
    """An alliance of Northmoor and Eastvale with one PSD, Harbour with its own, and their people."""

    alliance_psd: StandardsDepartment
    harbour_psd: StandardsDepartment
    northmoor: Force
    eastvale: Force
    harbour: Force
    body: OversightBody
    patrol: Unit
    headquarters: Unit
    # Northmoor, by line: constable → sergeant → inspector → assistant chief → chief
    constable: User
    colleague: User
    sergeant: User
    inspector_of_police: User
    assistant_chief: User
    deputy_chief: User
    chief: User
    staff_officer: User
    # the alliance's PSD: the head and one reviewer sit in Northmoor, the other in Eastvale
    psd_head: User
    reviewer: User
    other_reviewer: User
    register_owner: User
    administrator: User
    hr_officer: User
    vetting_officer: User
    # other forces, and the oversight body
    eastvale_constable: User
    harbour_constable: User
    harbour_sergeant: User
    harbour_reviewer: User
    governance_member: User
    body_member: User
    inspector: User
    # Northmoor's press office, and whoever inspects its investigations by a grant of their own
    press_officer: User
    press_colleague: User
    investigation_inspector: User
    # Northmoor's procurement
    procurement_officer: User
    policy: GiftPolicy
    harbour_policy: GiftPolicy
    body_policy: GiftPolicy

    def people(self) -> dict[str, User]:
        """Everybody, by the name they have here."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, User)}


def world() -> World:
    alliance_psd = StandardsDepartment.objects.create(
        name="Alliance PSD", email="psd@alliance.example"
    )
    harbour_psd = StandardsDepartment.objects.create(name="Harbour PSD")
    northmoor = Force.objects.create(code="NMR", name="Northmoor Police", department=alliance_psd)
    eastvale = Force.objects.create(code="EVL", name="Eastvale Police", department=alliance_psd)
    harbour = Force.objects.create(code="HTP", name="Harbour Police", department=harbour_psd)
    body = OversightBody.objects.create(
        code="NEC", name="Northmoor Commissioner", department=alliance_psd
    )
    body.forces.set([northmoor])
    patrol = Unit.objects.create(force=northmoor, name="Patrol")
    headquarters = Unit.objects.create(force=northmoor, name="Headquarters")
    harbour_unit = Unit.objects.create(force=harbour, name="Quay")
    pc, ps, insp = (
        Grade.objects.create(force=northmoor, name=name, short=short, band=band)
        for name, short, band in (
            ("Constable", "PC", RankBand.CONSTABLES),
            ("Sergeant", "PS", RankBand.CONSTABLES),
            ("Inspector", "Insp", RankBand.INSPECTING),
        )
    )
    acc = Grade.objects.create(
        force=northmoor, name="Assistant chief", short="ACC", is_chief_officer=True
    )
    dcc = Grade.objects.create(
        force=northmoor, name="Deputy chief", short="DCC", is_chief_officer=True
    )
    cc = Grade.objects.create(
        force=northmoor, name="Chief", short="CC", is_chief_officer=True, heads_force=True
    )
    officer, staff = MemberType.OFFICER, MemberType.STAFF
    hq: dict[str, Any] = {"force": northmoor, "unit": headquarters}
    street: dict[str, Any] = {"force": northmoor, "unit": patrol}
    chief = person("chief", grade=cc, member_type=officer, **hq)
    deputy = person("deputy_chief", grade=dcc, line_manager=chief, **hq)
    assistant = person("assistant_chief", grade=acc, line_manager=chief, **hq)
    inspector_of_police = person("inspector_of_police", grade=insp, line_manager=assistant, **hq)
    sergeant = person("sergeant", grade=ps, line_manager=inspector_of_police, **street)
    constable = person("constable", grade=pc, line_manager=sergeant, **street)
    colleague = person("colleague", grade=pc, line_manager=sergeant, **street)
    psd_head = person("psd_head", line_manager=deputy, member_type=staff, **hq)
    reviewer = person("reviewer", line_manager=psd_head, member_type=staff, **hq)
    other_reviewer = person("other_reviewer", force=eastvale, member_type=staff)
    owner = person("register_owner", line_manager=deputy, member_type=staff, **hq)
    administrator = person("administrator", line_manager=deputy, member_type=staff, **hq)
    hr_officer = person("hr_officer", line_manager=deputy, member_type=staff, **hq)
    vetting_officer = person("vetting_officer", line_manager=deputy, member_type=staff, **hq)
    staff_officer = person("staff_officer", line_manager=assistant, member_type=staff, **hq)
    eastvale_constable = person("eastvale_constable", force=eastvale)
    harbour_sergeant = person("harbour_sergeant", force=harbour, unit=harbour_unit)
    harbour_constable = person(
        "harbour_constable", force=harbour, unit=harbour_unit, line_manager=harbour_sergeant
    )
    harbour_reviewer = person("harbour_reviewer", force=harbour, member_type=staff)
    of_body: dict[str, Any] = {"oversight_body": body, "member_type": MemberType.BODY}
    governance_member = person("governance_member", **of_body)
    body_member = person("body_member", **of_body)
    inspector = person("inspector", **of_body)
    investigation_inspector = person("investigation_inspector", **of_body)
    press_officer = person("press_officer", line_manager=deputy, member_type=staff, **hq)
    press_colleague = person("press_colleague", line_manager=deputy, member_type=staff, **hq)
    procurement_officer = person(
        "procurement_officer", line_manager=deputy, member_type=staff, **hq
    )

    grant(psd_head, Role.PSD_HEAD, department=alliance_psd)
    grant(psd_head, Role.PSD_HEAD, oversight_body=body)
    grant(reviewer, Role.PSD_REVIEWER, department=alliance_psd)
    grant(other_reviewer, Role.PSD_REVIEWER, department=alliance_psd)
    grant(harbour_reviewer, Role.PSD_HEAD, force=harbour)
    grant(owner, Role.REGISTER_OWNER, force=northmoor)
    grant(administrator, Role.FORCE_ADMINISTRATOR, force=northmoor)
    grant(hr_officer, Role.HR, force=northmoor)
    grant(vetting_officer, Role.VETTING, force=northmoor)
    grant(governance_member, Role.GOVERNANCE_MEMBER, oversight_body=body)
    grant(inspector, Role.INSPECTOR, force=northmoor)
    grant(investigation_inspector, Role.INVESTIGATION_INSPECTOR, force=northmoor)
    grant(press_officer, Role.PRESS_OFFICE, force=northmoor)
    grant(press_colleague, Role.PRESS_OFFICE, force=northmoor)
    grant(procurement_officer, Role.PROCUREMENT, force=northmoor)

    other_policies(alliance_psd, [northmoor, eastvale], harbour, body)
    return World(
        alliance_psd=alliance_psd,
        harbour_psd=harbour_psd,
        northmoor=northmoor,
        eastvale=eastvale,
        harbour=harbour,
        body=body,
        patrol=patrol,
        headquarters=headquarters,
        constable=constable,
        colleague=colleague,
        sergeant=sergeant,
        inspector_of_police=inspector_of_police,
        assistant_chief=assistant,
        deputy_chief=deputy,
        chief=chief,
        staff_officer=staff_officer,
        psd_head=psd_head,
        reviewer=reviewer,
        other_reviewer=other_reviewer,
        register_owner=owner,
        administrator=administrator,
        hr_officer=hr_officer,
        vetting_officer=vetting_officer,
        eastvale_constable=eastvale_constable,
        harbour_constable=harbour_constable,
        harbour_sergeant=harbour_sergeant,
        harbour_reviewer=harbour_reviewer,
        governance_member=governance_member,
        body_member=body_member,
        inspector=inspector,
        press_officer=press_officer,
        press_colleague=press_colleague,
        investigation_inspector=investigation_inspector,
        procurement_officer=procurement_officer,
        policy=gift_policy(department=alliance_psd, joint=[northmoor, eastvale]),
        harbour_policy=gift_policy(force=harbour, requires_authorisation=True),
        body_policy=gift_policy(oversight_body=body),
    )


def other_policies(
    alliance: StandardsDepartment, joint: list[Force], harbour: Force, body: OversightBody
) -> None:
    """The same rules for the alliance, Harbour and the body, in the registers besides gifts."""
    # which speak of this world
    from tests.contacts import media_policy
    from tests.interests import interest_policy
    from tests.investigations import investigation_policy

    for policy in (interest_policy, media_policy, investigation_policy):
        policy(department=alliance, joint=joint)
        policy(force=harbour)
        policy(oversight_body=body)


def person(username: str, *, password: str = "", **details: Any) -> User:
    """Somebody who has served since START; without a password they cannot sign in, and are quick."""
    number = "" if details.get("oversight_body") else f"N{User.objects.count() + 1:04d}"
    user = User(
        **{
            "username": username,
            "number": number,
            "first_name": username.split("_")[0].title(),
            "last_name": username.split("_")[-1].title(),
            "email": f"{username}@force.example",
            "member_type": MemberType.OFFICER,
            "starts_on": START,
            "password": "!",
            **details,
        }
    )
    if password:
        user.set_password(password)
    user.save()
    return user


def grant(user: User, role: Role, **scope: Any) -> RoleGrant:
    """A role since START, unless told; whoever was read before must be read anew to hold it."""
    user.__dict__.pop("_grants", None)
    return RoleGrant.objects.create(**{"user": user, "role": role, "starts_on": START, **scope})


def gift_policy(*, joint: list[Force] | None = None, **details: Any) -> GiftPolicy:
    """A policy row with its bands, reasons and weights."""
    policy = GiftPolicy.objects.create(
        **{
            "title": "Gifts and hospitality",
            "summary": "Decline, unless it is a cup of tea.",
            "effective_from": START,
            **details,
        }
    )
    policy.joint_forces.set(joint or [])
    Band.objects.bulk_create(
        Band(policy=policy, decision=decision, from_value=value, route=route)
        for decision, bands in (
            (ItemDecision.ACCEPTED, ACCEPTED_BANDS),
            (ItemDecision.DECLINED, DECLINED_BANDS),
        )
        for value, route in bands
    )
    Reason.objects.bulk_create(
        Reason(policy=policy, decision=decision, text=text)
        for decision, text in (
            (ItemDecision.ACCEPTED, "Refusing would give offence"),
            (ItemDecision.DECLINED, "Policy"),
        )
    )
    RiskWeight.objects.bulk_create(
        RiskWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy


def pounds(low: int | str, high: int | str | None = None) -> Value:
    """An exact value, or a range."""
    if high is None:
        return Value(ValueKind.EXACT, Decimal(low), Decimal(low))
    return Value(ValueKind.RANGE, Decimal(low), Decimal(high))


UNKNOWN = Value(ValueKind.UNKNOWN, words="Home made")
FOREIGN = Value(ValueKind.OTHER_CURRENCY, words="$40")


def item(value: Value | int | str = 5, **details: Any) -> ItemFacts:
    """One declined thing worth £5, unless told."""
    if not isinstance(value, Value):
        value = pounds(value)
    return ItemFacts(**{"description": "Box of chocolates", "value": value, **details})


def accepted(value: Value | int | str = 5, **details: Any) -> ItemFacts:
    reason = {"decision": ItemDecision.ACCEPTED, "reason_text": "It would have given offence."}
    return item(value, **{**reason, **details})


def undecided(value: Value | int | str = 50, **details: Any) -> ItemFacts:
    return item(value, **{"decision": ItemDecision.UNDECIDED, **details})


def facts(*items: ItemFacts, **details: Any) -> OfferFacts:
    """Yesterday's offer by a local business; the GIFT test is passed where something was accepted."""
    items = items or (item(),)
    took = any(each.accepted for each in items)
    return OfferFacts(
        **{
            "offered_on": YESTERDAY,
            "provider_kind": ProviderKind.LOCAL_BUSINESS,
            "organisation": "Halcyon Fleet Ltd",
            "items": items,
            "gift_test": GENUINE if took else None,
            **details,
        }
    )


def declare(subject: User, *items: ItemFacts, by: User | None = None, **details: Any) -> Offer:
    """An offer declared for somebody, by themselves unless told."""
    return actions.declare(
        facts=facts(*items, **details), subject=subject, by=by or subject, now=NOW
    )


def seek(subject: User, *items: ItemFacts, by: User | None = None) -> Offer:
    stated = facts(*(items or (undecided(),)))
    return actions.seek_authorisation(facts=stated, subject=subject, by=by or subject, now=NOW)


def fresh(offer: Offer) -> Offer:
    """The offer as a request would read it."""
    return Offer.objects.select_related("case__subject", "policy").get(pk=offer.pk)


def read_anew(user: User) -> User:
    """The person as a new request would read them, roles and all."""
    return User.objects.select_related("grade", "force", "oversight_body").get(pk=user.pk)


def offer_in(
    status: Status, in_world: World, *, subject: User | None = None, by: User | None = None
) -> Offer:
    """An offer at a status, with something accepted or asked for, reached as its users reach it.

    It is the constable's, or the assistant chief's where only a chief officer's offers pass through.
    """
    who = in_world
    default = who.assistant_chief if status == Status.PEER_REVIEW else who.constable
    subject = subject or default

    def then(verb: Verb, offer: Offer, by: User, **details: Any) -> Offer:
        return perform(verb, offer, by=by, in_world=who, **details)

    declared = {
        Status.RECORDED: 5,
        Status.WITH_SUPERVISOR: 15,
        Status.PEER_REVIEW: 50,
    }
    match status:
        case Status.AUTHORISATION_SOUGHT:
            return fresh(seek(subject, by=by))
        case Status.AUTHORISED:
            return then(Verb.AUTHORISE, seek(subject, by=by), who.other_reviewer)
        case Status.AUTHORISATION_REFUSED:
            return then(Verb.REFUSE_AUTHORISATION, seek(subject, by=by), who.other_reviewer)
    offer = declare(subject, accepted(declared.get(status, 50)), by=by)
    match status:
        case Status.QUERIED:
            return then(Verb.ASK, offer, who.other_reviewer)
        case Status.COMPLIANT:
            return then(Verb.ACCEPT, offer, who.other_reviewer)
        case Status.NON_COMPLIANT:
            return then(Verb.REJECT, offer, who.other_reviewer)
        case Status.WITHDRAWN:
            return then(Verb.WITHDRAW, offer, by or subject)
    return fresh(offer)


def perform(
    verb: Verb,
    offer: Offer,
    *,
    by: User,
    in_world: World,
    version: int | None = None,
    **details: Any,
) -> Offer:
    """Carry out a verb with ordinary particulars, as its form would give them."""
    action, particulars = _ordinary(verb, offer, by, in_world)
    action(offer, **{**particulars, **details}, by=by, now=NOW, version=version)
    return fresh(offer)


def _ordinary(
    verb: Verb, offer: Offer, by: User, who: World
) -> tuple[Callable[..., Offer], dict[str, Any]]:
    reason = {"reason": "Because the policy says so."}
    challenges = Challenge.objects.filter(case=offer.case_id, disposed_at=None)
    match verb:
        case Verb.PEER_REVIEW:
            words = dict.fromkeys(("propriety", "seen_from_inside", "seen_from_outside"), "Fine.")
            return actions.give_peer_review, {"view": PeerView.UNSURE, **words}
        case Verb.AUTHORISE:
            return actions.authorise, {**reason, "conditions": "No alcohol."}
        case Verb.REFUSE_AUTHORISATION:
            return actions.refuse_authorisation, reason
        case Verb.RECORD_OUTCOME:
            return actions.record_outcome, {"facts": facts(accepted(50))}
        case Verb.CONFIRM:
            return actions.confirm, {}
        case Verb.APPROVE:
            return actions.approve, reason
        case Verb.ESCALATE:
            return actions.escalate, reason
        case Verb.ASSIGN:
            return actions.assign, {"owner": who.other_reviewer}
        case Verb.ASK:
            return actions.ask, {"field": "value", "text": "How do you know what it cost?"}
        case Verb.ANSWER:
            open_questions = offer.case.questions.filter(answered_at=None)
            return actions.answer, {"answers": {q.pk: "I looked it up." for q in open_questions}}
        case Verb.ACCEPT:
            return actions.accept, reason
        case Verb.REJECT:
            return actions.reject, {**reason, "action_taken": Action.ADVICE}
        case Verb.CHALLENGE:
            asked = {"to": offer.case.subject, "text": "Why did you go?"}
            return actions.challenge, {**asked, "silent": False, "silent_reason": ""}
        case Verb.ANSWER_CHALLENGE:
            mine = challenges.filter(answered_at=None, silent=False).last() or Challenge(pk=0)
            return actions.answer_challenge, {"challenge": mine, "answer": "It was a wake."}
        case Verb.DISPOSE_CHALLENGE:
            answered = challenges.filter(answered_at__isnull=False).last() or Challenge(pk=0)
            end = {"disposal": ChallengeDisposal.JUSTIFIED, "note": "It was."}
            return actions.dispose_challenge, {"challenge": answered, **end}
        case Verb.REOPEN:
            return actions.reopen, reason
        case Verb.CORRECT:
            return actions.correct, {**reason, "facts": facts(accepted(60))}
        case Verb.WITHDRAW:
            return actions.withdraw, reason
        case Verb.RECORD_DISPOSAL:
            became = DisposalFacts(disposal=Disposal.SHARED, on=TODAY)
            return actions.record_disposal, {"item": offer.items.first(), "facts": became}
    raise LookupError(f"{verb} begins an offer: use declare() or seek().")

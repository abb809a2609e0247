"""Makes the investigations that tests speak of; states are reached by the real actions.

The world, its people and the clock are those of tests.builders. Only national() writes rows itself,
for their number.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

from integrity.casework import actions as casework
from integrity.casework.actions.cases import NOT_KNOWN
from integrity.casework.enums import Phase, ReferralSource
from integrity.casework.models import Case, Referral
from integrity.people.models import Force, User
from registers.investigations import actions
from registers.investigations.enums import (
    LEFT,
    Behaviour,
    Category,
    Factor,
    Outcome,
    Platform,
    RestrictionKind,
    Standing,
    Status,
    SubCategory,
    Verb,
)
from registers.investigations.facts import InvestigationFacts, PostFacts
from registers.investigations.models import (
    Investigation,
    InvestigationPolicy,
    InvestigationWeight,
    Restriction,
    SocialMediaPost,
)
from tests.builders import NOW, START, TODAY, YESTERDAY, World

WEIGHTS = {
    Factor.CRIMINALS: 40,
    Factor.MEDIA: 20,
    Factor.CHIEF_OFFICER: 10,
    Factor.REPEATED: 15,
    Factor.SEVERAL_SOURCES: 8,
    Factor.STILL_HAS_ACCESS: 25,
    Factor.HARM: 50,
    Factor.EVIDENCE: 12,
    Factor.STILL_VISIBLE: 5,
}
WHY = "Because of what was found."


def investigation_policy(*, joint: Iterable[Force] = (), **details: Any) -> InvestigationPolicy:
    """A policy row with its weights."""
    policy = InvestigationPolicy.objects.create(
        **{
            "title": "Integrity investigations",
            "summary": "PSD looks into it, and nobody else knows.",
            "effective_from": START,
            **details,
        }
    )
    policy.joint_forces.set(joint)
    InvestigationWeight.objects.bulk_create(
        InvestigationWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy


def investigation_policies(who: World) -> InvestigationPolicy:
    """The alliance’s joint row; Harbour and the body have theirs."""
    return InvestigationPolicy.objects.get(department=who.alliance_psd)


def refer(who: World, *, force: Force | None = None, **details: Any) -> Referral:
    """A referral without a case, by the administrator unless told."""
    given = {
        "source": ReferralSource.PERSON,
        "about": "The paper knew of a raid beforehand",
        "reason": "It named the street.",
        "by": who.administrator,
        "now": NOW,
        **details,
    }
    return casework.refer_without_case(force or who.northmoor, **given)


def open_one(
    who: World,
    *,
    by: User | None = None,
    home: Any = None,
    referrals: Sequence[Referral] = (),
    now: datetime = NOW,
    idempotency_key: Any = None,
    **details: Any,
) -> Investigation:
    """An investigation of the constable, by the other reviewer unless told; ``subject=None``: of nobody known."""
    given = {"title": "The paper knew beforehand", "subject": who.constable, **details}
    made = actions.open_investigation(
        facts=InvestigationFacts(**given),
        home=home or who.northmoor,
        referrals=referrals,
        by=by or who.other_reviewer,
        now=now,
        idempotency_key=idempotency_key,
    )
    return fresh(made)


def fresh(investigation: Investigation) -> Investigation:
    """The investigation as a request would read it."""
    return Investigation.objects.select_related("case__subject", "policy").get(pk=investigation.pk)


def investigation_in(status: Status, who: World, **details: Any) -> Investigation:
    """An investigation at a status, reached as PSD reaches it."""
    investigation = open_one(who, **details)
    by = who.other_reviewer
    match status:
        case Status.REFERRED:
            return perform(Verb.REFER_OUT, investigation, by=by, in_world=who)
        case Status.CLOSED:
            return perform(Verb.CLOSE, investigation, by=by, in_world=who)
    return investigation


def perform(
    verb: Verb,
    investigation: Investigation,
    *,
    by: User,
    in_world: World,
    version: int | None = None,
    now: datetime = NOW,
    **details: Any,
) -> Investigation:
    """Carry out a verb with ordinary particulars, as its form would give them."""
    action, particulars = _ordinary(verb, investigation, in_world)
    action(investigation, **{**particulars, **details}, by=by, now=now, version=version)
    return fresh(investigation)


def _ordinary(
    verb: Verb, investigation: Investigation, who: World
) -> tuple[Callable[..., Any], dict[str, Any]]:
    reason = {"reason": WHY}
    match verb:
        case Verb.ASSIGN:
            return actions.assign, {"owner": who.other_reviewer}
        case Verb.CLASSIFY:
            said = {"category": Category.DISCLOSURE, "sub_category": SubCategory.LOCAL_MEDIA}
            return actions.classify, said
        case Verb.IDENTIFY:
            return actions.identify, {"subject": who.colleague}
        case Verb.ASSESS:
            return actions.assess, {"still_has_access": True, "harm": False, "evidence": True}
        case Verb.ADD_REFERRAL:
            waiting = Referral.objects.filter(lead=None).first() or Referral(pk=0)
            return actions.add_referral, {"referral": waiting}
        case Verb.SUSPEND:
            return actions.restrict, {
                **reason,
                "kind": RestrictionKind.RESTRICTED,
                "from_on": TODAY,
            }
        case Verb.END_RESTRICTION:
            running = investigation.restrictions.filter(ended_at=None).first()
            return actions.end_restriction, {
                "restriction": running or Restriction(pk=0),
                "to_on": TODAY,
            }
        case Verb.REFER_OUT:
            where = {"body": "IOPC", "referred_on": TODAY, "external_reference": "2026/1"}
            return actions.refer_out, {**reason, **where}
        case Verb.RETURN:
            return actions.return_from_referral, {**reason, "returned_on": TODAY}
        case Verb.RECORD_POST:
            return actions.record_post, {"facts": post_facts()}
        case Verb.RECHECK:
            visible = investigation.posts.filter(gone_on=None).first() or SocialMediaPost(pk=0)
            return actions.recheck, {"post": visible, "still_there": False}
        case Verb.CLOSE:
            ended = {"outcome": Outcome.ADVICE, "outcome_on": TODAY, "lessons": "Ask first."}
            return actions.close, {**reason, **ended}
        case Verb.REOPEN:
            return actions.reopen, reason
    raise LookupError(f"{verb} begins an investigation: use open_one().")


def post_facts(**details: Any) -> PostFacts:
    return PostFacts(
        **{
            "platform": Platform.TWITTER,
            "account": "@constable",
            "behaviour": Behaviour.NEGATIVITY,
            "found_on": YESTERDAY,
            "action": "Asked to take it down",
            **details,
        }
    )


# --- the national figures -------------------------------------------------------------------------

C, R, N, A, L = Standing
NATIONAL_FROM, NATIONAL_TO = date(2011, 9, 1), date(2012, 5, 31)
PHASES = {C: Phase.OPEN, R: Phase.WAITING}
Kinds = dict[str, int]
Standings = dict[Standing, int]
# What each part of the national figures holds: category, how many of each kind, how many stand where
# (HMIC 2012: September 2011 to May 2012, 44 forces). The rest of the 2,207 have no category.
NATIONAL: Sequence[tuple[str, Kinds, Standings]] = (
    (
        Category.DISCLOSURE,
        {SubCategory.LOCAL_MEDIA: 48, SubCategory.NATIONAL_MEDIA: 50},
        {C: 39, R: 8, N: 41, A: 10},
    ),
    (
        Category.DISCLOSURE,
        {
            SubCategory.CRIMINALS: 364,
            SubCategory.FRIENDS_FAMILY: 312,
            SubCategory.PERSONAL_USE: 367,
            SubCategory.OTHERS: 596,
        },
        {C: 603 - 39, R: 38 - 8, N: 641 - 41, A: 410 - 10, L: 45},
    ),
    (
        Category.MEDIA_RELATIONSHIP,
        {SubCategory.LOCAL_MEDIA: 10, SubCategory.NATIONAL_MEDIA: 9},
        {C: 8, N: 9, A: 2},
    ),
    (Category.GRATUITIES, {"": 7}, {N: 3, A: 4}),
    (Category.SECONDARY_EMPLOYMENT, {"": 154}, {C: 41, R: 3, N: 35, A: 65, L: 10}),
    (
        "",
        {"": 290},
        {
            C: 708 - 603 - 8 - 41,
            R: 45 - 38 - 3,
            N: 744 - 641 - 9 - 3 - 35,
            A: 643 - 410 - 2 - 4 - 65,
            L: 67 - 45 - 10,
        },
    ),
)


def national(force: Force, *, policy: InvestigationPolicy, by: User) -> list[Investigation]:
    """2,207 investigations of a force that give exactly the national figures, opened in their months."""
    sorts = [
        (category, kind, standing)
        for category, kinds, standings in NATIONAL
        for kind, standing in zip(_repeated(kinds), _repeated(standings), strict=True)
    ]
    return write_rows(force, sorts, policy=policy, by=by)


def _repeated(how_many: dict[Any, int]) -> list[Any]:
    return [each for each, count in how_many.items() for _ in range(count)]


def write_rows(
    force: Force,
    sorts: Sequence[tuple[str, str, Standing]],
    *,
    policy: InvestigationPolicy,
    by: User,
    days: Sequence[date] = (),
) -> list[Investigation]:
    """Investigations written straight to the database: category, kind and standing of each.

    They are opened on the days given or, without any, one after another over the national months.
    """
    span = (NATIONAL_TO - NATIONAL_FROM).days + 1
    days = days or [NATIONAL_FROM + timedelta(days=n) for n in range(span)]
    opened = [datetime(d.year, d.month, d.day, 10, tzinfo=UTC) for d in days]
    first = Case.objects.count()
    cases = Case.objects.bulk_create(
        Case(
            reference=f"IN-{at.year}-9{first + number:05d}",
            register="investigations",
            force=force,
            confidential=True,
            subject_name=NOT_KNOWN,
            phase=PHASES.get(standing, Phase.CLOSED),
            claimed_on=at.date(),
            received_at=at,
        )
        for number, ((_, _, standing), at) in enumerate(zip(sorts, cycle(opened), strict=False))
    )
    left = cycle(LEFT)
    return Investigation.objects.bulk_create(
        _row(case, sort, policy=policy, by=by, left=left)
        for case, sort in zip(cases, sorts, strict=True)
    )


def _row(
    case: Case,
    sort: tuple[str, str, Standing],
    *,
    policy: InvestigationPolicy,
    by: User,
    left: Any,
) -> Investigation:
    category, kind, standing = sort
    is_open = standing in (Standing.CONTINUING, Standing.REFERRED)
    outcome = "" if is_open else next(left) if standing == Standing.LEFT else Outcome(standing)
    return Investigation(
        case=case,
        policy=policy,
        status=Status(standing) if is_open else Status.CLOSED,
        title="One of many",
        category=category,
        sub_category=kind,
        source=ReferralSource.PERSON,
        opened_at=case.received_at,
        opened_by=by,
        outcome=outcome,
        outcome_on=None if is_open else case.received_at.date() + timedelta(days=30),
    )

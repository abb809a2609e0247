"""Which purchases, payments, contracts and tenders somebody finds, and whose part in one stands."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User
from registers.organisations.models import Organisation
from registers.procurement.enums import AwardStatus, State, TenderStatus, Verdict
from registers.procurement.models import Bidder, Contract, Involvement, Payment, Purchase, Tender
from registers.procurement.policies import NEAR, TOLD_FOR

KNOWING = (Role.PROCUREMENT, *PSD_ROLES)
ON_DESK = (*KNOWING, Role.INSPECTOR)
SUNDAY_TO_DJANGO, SATURDAY_TO_DJANGO = 1, 7
PENDING = Q(verdict="")
REFERRED = Q(verdict=Verdict.REFERRED)
UNJUSTIFIED = Q(justification="")
WEEKEND = Q(bought_on__week_day__in=(SUNDAY_TO_DJANGO, SATURDAY_TO_DJANGO))
NEAR_LIMIT = Q(amount__gte=F("card__single_limit") * NEAR, amount__lte=F("card__single_limit"))


def purchases_on_desk(user: User) -> QuerySet[Purchase]:
    """The purchases of a reader's forces, but for their own and those of who reports to them.

    Those they find nowhere on the desk, so that it never tells a holder or their manager of a
    referral; a holder reads their own on the site.
    """
    return (
        Purchase.objects.filter(force__in=user.scope(*ON_DESK).forces)
        .exclude(card__holder=user)
        .exclude(card__holder__line_manager=user)
        .select_related("force", "card__holder__grade", "organisation", "reviewed_by__grade")
    )


def kept_from(user: User) -> int:
    """How many purchases of a reader's forces ``purchases_on_desk`` keeps from them, whatever was found."""
    theirs = Q(card__holder=user) | Q(card__holder__line_manager=user)
    return Purchase.objects.filter(theirs, force__in=user.scope(*ON_DESK).forces).count()


def knows_of_referrals(user: User) -> Collection[int]:
    """The forces in which a referral of a purchase shows to somebody: those where they review."""
    return user.scope(*KNOWING).forces


def in_state(state: State, user: User) -> Q:
    """The purchases of a state as this reader sees them; a referral is nobody else's to know of."""
    known = Q(force__in=knows_of_referrals(user))
    unreviewed = PENDING | (REFERRED & ~known)
    match state:
        case State.TO_JUSTIFY:
            return unreviewed & UNJUSTIFIED
        case State.TO_REVIEW:
            return unreviewed & ~UNJUSTIFIED
        case State.REFERRED:
            return REFERRED & known
    return Q(verdict=state)


def own_purchases(user: User) -> QuerySet[Purchase]:
    return Purchase.objects.filter(card__holder=user).select_related("card")


def to_justify(user: User) -> QuerySet[Purchase]:
    """What a holder has still to say something of, referred or not."""
    return own_purchases(user).filter(UNJUSTIFIED, PENDING | REFERRED).order_by("bought_on", "pk")


def found_wrong(user: User, now: datetime) -> QuerySet[Purchase]:
    """A holder's purchases that were found not right of late."""
    return own_purchases(user).filter(verdict=Verdict.WRONG, reviewed_at__gte=now - TOLD_FOR)


def payments_of(user: User) -> QuerySet[Payment]:
    """What a reader's forces paid, the latest first."""
    found = Payment.objects.filter(force__in=user.scope(*ON_DESK).forces)
    return found.select_related("force", "organisation", "batch")


def paid_to(words: str) -> Q:
    """Payments to whoever goes by a name with these words, under any of the names of theirs."""
    named = Q(name__icontains=words) | Q(names__name__icontains=words)
    roots = Organisation.objects.filter(named).values(root=Coalesce("merged_into", "pk"))
    whole = Organisation.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))
    return Q(organisation__in=whole.values("pk"))


def contracts_of(user: User, *roles: Role) -> QuerySet[Contract]:
    found = Contract.objects.filter(force__in=user.scope(*(roles or ON_DESK)).forces)
    read = found.select_related("force", "tender").prefetch_related("suppliers__organisation")
    return read.order_by(F("awarded_on").desc(nulls_last=True), "pk")


def tenders_of(user: User, *roles: Role) -> QuerySet[Tender]:
    found = Tender.objects.filter(force__in=user.scope(*(roles or ON_DESK)).forces)
    read = with_award(found.select_related("force").prefetch_related("bidders__organisation"))
    return read.order_by(F("closes_on").desc(nulls_last=True), "pk")


def with_award(tenders: QuerySet[Tender]) -> QuerySet[Tender]:
    """Each with ``awarded``: whether a contract came of it."""
    counts = (AwardStatus.ACTIVE, AwardStatus.PENDING)
    won = Contract.objects.filter(tender=OuterRef("pk"), status__in=counts)
    return tenders.annotate(awarded=Exists(won))


def taking_bids(today: date) -> Q:
    """Tenders that still take bids: what ``policies.is_open`` says of one."""
    not_past = Q(closes_on=None) | Q(closes_on__gte=today)
    return not_past & Q(status=TenderStatus.ACTIVE)


def standing(today: date) -> Q:
    """Parts, and people of a contractor, that have not ended."""
    return Q(ends_on=None) | Q(ends_on__gte=today)


def own_tenders(user: User, today: date) -> QuerySet[Tender]:
    """The tenders in which somebody has or had a part, those that take bids first."""
    mine = Tender.objects.filter(pk__in=user.involvements.values("tender"))
    open_first = Case(When(taking_bids(today), then=0), default=1)
    read = with_award(mine).annotate(bid=Exists(Bidder.objects.filter(tender=OuterRef("pk"))))
    return read.order_by(open_first, F("closes_on").desc(nulls_last=True), "pk")


def to_declare(user: User, today: date) -> QuerySet[Tender]:
    """The tenders about whose bidders somebody has still to declare."""
    waiting = Involvement.objects.filter(standing(today), person=user, tender=OuterRef("pk"))
    bid = Bidder.objects.filter(tender=OuterRef("pk"))
    return Tender.objects.filter(Exists(waiting.filter(declared="")), Exists(bid))

"""The piles of today: open work, clocks, challenges, what is overdue, samples and matches."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import CharField, F, Model, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from integrity.casework.enums import ChallengeDisposal, DeadlineKind, Phase
from integrity.casework.models import Case, Challenge, Deadline
from integrity.people.models import User
from integrity.ui.tables import Cell, of_day, text
from registers.business_interests.models import (
    Condition,
    FollowUp,
    Interest,
    ListedOccupation,
    Review,
)
from registers.crosschecks.models import Cursor, Match, MatchQuerySet
from registers.crosschecks.permissions import READERS
from registers.crosschecks.reading import as_read_by
from registers.gifts.models import Offer
from registers.investigations.models import Investigation, Restriction
from registers.media_contacts.models import Contact, SampledWeek
from registers.oversight.live import OWNERS, Here, Pile, Waits, begins

OPEN = (Phase.OPEN, Phase.WAITING)
AGES: Mapping[str, str] = {
    "week": "Up to 7 days", "month": "8 to 28 days", "quarter": "29 to 90 days",
    "longer": "Over 90 days",
}  # fmt: skip
CLOCKS: Mapping[str, str] = {
    "overdue": "Overdue", "today": "Today", "week": "Within 7 days", "fortnight": "Within 14 days",
}  # fmt: skip
FORTNIGHT = timedelta(days=14)
# the same from the earliest day to the latest, each with the days from today before which it ends
SINCE = {"longer": -90, "quarter": -28, "month": -7, "week": None}
DUE = {"overdue": 0, "today": 1, "week": 8, "fortnight": None}


def age(here: Here, since: str) -> SqlCase:
    """How long ago an instant is, in four groups of whole days."""
    return SqlCase(
        When(**{f"{since}__gte": here.midnight(7)}, then=Value("week")),
        When(**{f"{since}__gte": here.midnight(28)}, then=Value("month")),
        When(**{f"{since}__gte": here.midnight(90)}, then=Value("quarter")),
        default=Value("longer"),
        output_field=CharField(),
    )


def clock(here: Here, due: str) -> SqlCase:
    return SqlCase(
        When(**{f"{due}__lt": here.today}, then=Value("overdue")),
        When(**{due: here.today}, then=Value("today")),
        When(**{f"{due}__lte": here.today + timedelta(days=7)}, then=Value("week")),
        default=Value("fortnight"),
        output_field=CharField(),
    )


# --- work -----------------------------------------------------------------------------------------


def open_records(model: type[Model], register: str) -> Callable[[Here], QuerySet[Any]]:
    """A register's records whose case is open."""
    return lambda here: model._default_manager.filter(
        here.entries("case__"), case__register=register, case__phase__in=OPEN
    )


def open_investigations(here: Here) -> QuerySet[Investigation]:
    return here.investigations().filter(case__phase__in=OPEN)


def status_and_age(here: Here) -> Sequence[Any]:
    return [F("status"), age(here, "case__received_at")]


def open_cases(here: Here) -> QuerySet[Case]:
    registers = ("gifts", "business_interests", "media_contacts", "investigations")
    return Case.objects.filter(here.everything(""), register__in=registers, phase__in=OPEN)


def by_name(each: Any, reader: User) -> Sequence[Cell]:
    return [text(str(each)), text("")]


def clocks(here: Here) -> QuerySet[Deadline]:
    """Open tasks due within a fortnight. That an answer waits to be read is for PSD to know."""
    due = Deadline.objects.open().filter(here.everything(), due_on__lte=here.today + FORTNIGHT)
    return due.exclude(kind__in=to_dispose(here))


def to_dispose(here: Here) -> Collection[str]:
    return () if here.is_psd else (DeadlineKind.DISPOSE_CHALLENGE,)


def challenges(here: Here) -> QuerySet[Challenge]:
    """Those that were sent. For others than PSD one that was referred stays open, as on its page."""
    closed = Q(disposed_at__isnull=False)
    if not here.is_psd:
        closed &= ~Q(disposal=ChallengeDisposal.REFERRED)
    return Challenge.objects.filter(~closed, here.entries(), silent=False)


def closed_by_referral(here: Here) -> Collection[str]:
    return ("referred",) if here.is_psd else ()


def answered(here: Here) -> Sequence[Any]:
    return [
        SqlCase(
            When(answered_at__isnull=True, then=Value("unanswered")),
            default=Value("answered"),
            output_field=CharField(),
        ),
        F("case__register"),
        SqlCase(
            When(disposed_at__isnull=True, then=Value("open")),
            default=Value("referred"),
            output_field=CharField(),
        ),
    ]


WORK = (
    Pile(
        "work.gifts", "Open offers", open_records(Offer, "gifts"), status_and_age, "case",
        waits=Waits("waiting.gifts", groups=SINCE),
    ),
    Pile(
        "work.business_interests", "Open applications",
        open_records(Interest, "business_interests"), status_and_age, "case",
        waits=Waits("waiting.business_interests", groups=SINCE),
    ),
    Pile(
        "work.media_contacts", "Open contacts with the media",
        open_records(Contact, "media_contacts"), status_and_age, "case",
        waits=Waits("waiting.media_contacts", groups=SINCE),
    ),
    Pile(
        "work.investigations", "Open investigations", open_investigations, status_and_age, "case",
        waits=Waits("waiting.investigations", groups=SINCE),
    ),
    Pile(
        OWNERS, "Open cases", open_cases, lambda here: [F("owner_id"), F("register")], "self",
        waits=Waits("waiting.owners", 2),
    ),
    Pile(
        "clocks", "Clocks that run out", clocks,
        lambda here: [F("kind"), F("case__register"), clock(here, "due_on")], "case",
        waits=Waits("waiting.clocks", 2, FORTNIGHT.days + 1, DUE, to_dispose),
    ),
    Pile(
        "challenges", "Challenges that are open", challenges, answered, "case",
        waits=Waits("waiting.challenges", 3, unless=closed_by_referral),
    ),
)  # fmt: skip


# --- what is overdue in the register of business interests, and its names ---------------------------


def of_interests(model: type[Model], **overdue: Any) -> Callable[[Here], QuerySet[Any]]:
    def found(here: Here) -> QuerySet[Any]:
        given = {name: value for name, value in overdue.items() if name != "due"}
        late = {f"{overdue['due']}__lt": here.today}
        return model._default_manager.filter(here.entries("interest__case__"), **given, **late)

    return found


def occupations(here: Here) -> QuerySet[ListedOccupation]:
    return ListedOccupation.objects.filter(pk__in=here.occupations)


INTERESTS = (
    Pile(
        "reviews.overdue", "Reviews overdue", of_interests(Review, closed_at=None, due="due_on"),
        case="interest__case", waits=Waits("waiting.reviews", days=0),
    ),
    Pile(
        "checks.overdue", "Checks of conditions overdue",
        of_interests(Condition, ended_at=None, to_confirm=False, due="next_check_on"),
        case="interest__case", waits=Waits("waiting.checks", days=0),
    ),
    Pile(
        "follow_ups.overdue", "Follow-ups of refusals overdue",
        of_interests(FollowUp, done_at=None, dropped_at=None, due="due_on"), case="interest__case",
        waits=Waits("waiting.follow_ups", days=0),
    ),
    Pile(
        "occupations", "Occupations on a list", occupations,
        lambda here: [F("pk"), F("name")], row=by_name,
    ),
)  # fmt: skip


# --- media samples ----------------------------------------------------------------------------------


def weeks(here: Here) -> QuerySet[SampledWeek]:
    """Weeks of the period that were drawn; the group of ranks does not narrow them."""
    days = (here.asked.period.starts_on, here.asked.period.ends_on)
    found = SampledWeek.objects.filter(
        sample__force__in=here.asked.force_ids, starts_on__range=days
    )
    if here.asked.unit is not None:
        found = found.filter(officer__unit=here.asked.unit)
    return found.select_related("sample__force", "officer__grade")


def looked_at(here: Here) -> Sequence[Any]:
    return [
        SqlCase(
            When(checked_at=None, then=Value("waiting")),
            When(shown__gt=F("logged"), then=Value("missing")),
            default=Value("complete"),
            output_field=CharField(),
        )
    ]


def week(each: SampledWeek, reader: User) -> Sequence[Cell]:
    path = reverse("admin:media-sample", args=[each.sample_id])
    return [text(str(each), path), of_day(each.starts_on)]


MEDIA = (
    Pile("samples", "Weeks sampled", weeks, looked_at, row=week),
    Pile(
        "samples.missing", "Contacts that nobody had logged",
        lambda here: weeks(here).filter(shown__gt=F("logged")), row=week,
        n=Sum(F("shown") - F("logged")),
    ),
)  # fmt: skip


# --- investigations -----------------------------------------------------------------------------------


def running(here: Here) -> QuerySet[Restriction]:
    known = here.investigations().values("pk")
    return Restriction.objects.filter(investigation__in=known, ended_at=None)


INVESTIGATIONS = (
    Pile(
        "restrictions", "Suspensions and restrictions that run today", running,
        lambda here: [F("kind"), F("investigation__category")], case="investigation__case",
        waits=Waits("waiting.restrictions", 2),
    ),
)  # fmt: skip


# --- matches ------------------------------------------------------------------------------------------


def matches(here: Here) -> MatchQuerySet:
    """Those that are open today, and those that were disposed of in the period."""
    if here.reader is None or not here.reader.scope(*READERS):
        return Match.objects.none()
    period = here.asked.period
    disposed = Q(
        signature=F("disposed_signature"),
        disposed_at__gte=begins(period.starts_on),
        disposed_at__lt=begins(period.ends_on + timedelta(days=1)),
    )
    found = Match.objects.visible_to(here.reader).filter(
        disposed | ~Q(signature=F("disposed_signature")),
        force__in=here.asked.force_ids,
        gone_at=None,
    )
    if here.asked.unit is not None:
        unit = here.asked.unit
        found = found.filter(Q(unit=unit) | Q(case__subject_unit=unit) | Q(person__unit=unit))
    if here.asked.band is not None:
        # coalesced, so that it is looked for among the matches and not among all cases
        of_band = Coalesce("case__subject_band", Value(""))
        found = found.annotate(of_band=of_band).filter(of_band=here.asked.band)
    return found


def standing(here: Here) -> Sequence[Any]:
    return [
        F("check_name"),
        SqlCase(
            When(signature=F("disposed_signature"), then=F("disposition")),
            When(disposition="", then=Value("open")),
            default=Value("changed"),
            output_field=CharField(),
        ),
        age(here, "changed_at"),
    ]


def match(each: Match, reader: User) -> Sequence[Cell]:
    """As this reader may read it."""
    read = as_read_by(reader, each)
    path = reverse("admin:crosschecks_match_change", args=[each.pk])
    return [text(read.sentence, path), of_day(each.happened_on)]


def whole_runs(here: Here) -> QuerySet[Cursor]:
    return Cursor.objects.filter(force__in=here.asked.force_ids)


MATCHES = (
    Pile("matches", "Matches", lambda here: matches(here).with_all(), standing, row=match),
    Pile(
        "whole_runs", "Whole runs of the checks", whole_runs,
        lambda here: [
            F("force_id"),
            TruncDate("whole_at", tzinfo=timezone.get_default_timezone()),
        ],
        row=lambda each, reader: [text(str(each)), text("")],
    ),
)  # fmt: skip

ALL: Sequence[Pile] = (*WORK, *INTERESTS, *MEDIA, *INVESTIGATIONS, *MATCHES)
OPENED: Mapping[str, Pile] = {
    pile.slug: pile for pile in ALL if pile.slug not in ("occupations", "whole_runs")
}

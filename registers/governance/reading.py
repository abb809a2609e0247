"""What other apps read of governance: plain querysets of what one reader may see."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from integrity.casework.models import Case
from integrity.people.models import Force, OversightBody, User
from registers.governance.models import AgendaItem, Board, BoardAction, Meeting, PlanItem
from registers.governance.models.plan import PlanItemQuerySet


def plan_items(forces: Iterable[Force], *, reader: User, today: date) -> PlanItemQuerySet:
    """The items of these forces' plans that somebody reads, the first due first."""
    mine = PlanItem.objects.visible_to(reader, today).filter(force__in=list(forces))
    return mine.select_related("force", "recommendation", "owner__grade", "closed_by__grade")


def agenda_notes(
    cases: Iterable[Case], *, reader: User, today: date | None = None
) -> QuerySet[AgendaItem]:
    """The items of agendas about these entries, of the boards that somebody reads; newest meeting first."""
    day = today or timezone.localdate()
    mine = AgendaItem.objects.filter(
        meeting__in=Meeting.objects.visible_to(reader, day).values("pk"), case__in=list(cases)
    )
    return mine.select_related("meeting__board", "case", "asked_by__grade").order_by(
        "-meeting__held_on", "position"
    )


def open_actions(
    board_or_body: Board | OversightBody, *, reader: User, today: date
) -> QuerySet[BoardAction]:
    """What a board, or all boards of a body, asked for and is open, as far as somebody reads it."""
    mine = BoardAction.objects.visible_to(reader, today).open()
    if isinstance(board_or_body, Board):
        mine = mine.filter(meeting__board=board_or_body)
    else:
        mine = mine.filter(meeting__board__oversight_body=board_or_body)
    return mine.select_related("meeting__board", "owner__grade")


def next_meeting(body: OversightBody, today: date) -> Meeting | None:
    """The first meeting that a board of this body plans for today or later."""
    planned = Meeting.objects.planned().filter(board__oversight_body=body, held_on__gte=today)
    return planned.select_related("board").first()


def carried_to(meeting: Meeting) -> QuerySet[BoardAction]:
    """What earlier meetings of the board asked for that was open on the day of this one.

    An action is carried to each later meeting until it is closed.
    """
    earlier = BoardAction.objects.filter(
        meeting__board=meeting.board_id, meeting__held_on__lt=meeting.held_on
    )
    still_open = earlier.exclude(closed_at__date__lt=meeting.held_on)
    return still_open.select_related("meeting", "owner__grade")

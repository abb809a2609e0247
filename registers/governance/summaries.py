"""What governance tells the menu and the home page: the boards somebody reads, and what they have to do."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from integrity.casework.registry import Start
from integrity.people.models import User
from registers.crosschecks.pack import MEETING_ROLES
from registers.governance.models import BoardAction, BoardMember, PlanItem
from registers.governance.permissions import reads_boards


def in_menu(user: User) -> str:
    """Governance, for those whose roles let them read boards or who meet on the quarter’s pack.

    Who only sits on a board finds it at home.
    """
    return reverse("governance:index") if reads_boards(user) or user.holds(*MEETING_ROLES) else ""


def starts(user: User) -> Sequence[Start]:
    """What somebody owns that is due, and the boards on which they sit."""
    today, path = timezone.localdate(), reverse("governance:index")
    open_tasks = (BoardAction.objects.open(), PlanItem.objects.open())
    due = [
        day
        for rows in open_tasks
        for day in rows.filter(owner=user).values_list("due_on", flat=True)
    ]
    if due:
        late = sum(day < today for day in due)
        how_many = "1 action is yours" if len(due) == 1 else f"{len(due)} actions are yours"
        hint = f"{how_many}; {late} overdue" if late else how_many
        return [Start("Your actions from boards and the plan", path, hint, bool(late))]
    seats = BoardMember.objects.sitting(today).filter(person=user)
    if not reads_boards(user) and seats.exists():
        return [Start("Your boards", path, "Meetings, papers and actions")]
    return []

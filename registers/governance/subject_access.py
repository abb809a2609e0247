"""What governance holds about somebody: their seats, and what boards and the plan asked of them."""

from collections.abc import Mapping
from typing import Any

from integrity.people.models import User


def holds(person: User) -> Mapping[str, Any]:
    """Where they sit or sat, and their actions; what others say of them stays with the board."""
    seats = [
        {
            "board": str(seat.board),
            "capacity": seat.get_capacity_display(),
            "from": seat.starts_on.isoformat(),
            "to": seat.ends_on.isoformat() if seat.ends_on else None,
        }
        for seat in person.board_seats.select_related("board")
    ]
    tasks = [
        {"what": str(task), "due": task.due_on.isoformat(), "status": task.get_status_display()}
        for task in (
            *person.board_actions.all(),
            *person.plan_items.all(),
            *person.quarterly_actions.all(),
        )
    ]
    held = {"seats on boards": seats, "actions": tasks}
    return {name: rows for name, rows in held.items() if rows}

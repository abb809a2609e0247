"""The accounts a demonstrator signs in with, as the command prints them."""

from dataclasses import dataclass

from integrity.people.models import User
from registers.demo.data.accounts import BODY_ROLES, SIGN_INS
from registers.demo.data.governing import JOINT_ROLES


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    person: str
    home: str
    shows: str


def sign_ins() -> list[Account]:
    """Each named account once, with who it is in the database, force by force and then the bodies."""
    shows = {entry.username: entry.shows for entry in SIGN_INS}
    shows |= {username: what for username, _, _, what in (*BODY_ROLES, *JOINT_ROLES)}
    people = User.objects.filter(username__in=shows).select_related(
        "grade", "force", "oversight_body"
    )
    known = {person.username: person for person in people}
    return sorted(
        (
            Account(
                name,
                known[name].display,
                str(known[name].force or known[name].oversight_body),
                what,
            )
            for name, what in shows.items()
            if name in known
        ),
        key=lambda account: account.home,
    )

"""What may be told of challenges: by whom, what was asked and answered, and how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models import Case, Challenge
from integrity.casework.permissions import is_declarant, reads_for_psd
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User

WITH_PSD = "With PSD"
NOT_ANSWERED = "Not answered yet"
TO_CLOSE = "Answered, and not closed yet"
HELD = "Held silently"


@dataclass(frozen=True, slots=True)
class ChallengeSaid:
    """A challenge as one reader may know it.

    ``capacity`` is PSD or the name of the board. ``standing`` says how it ended, or where it is; what
    the reader may not know of PSD's is WITH_PSD. ``note`` is why it ended so. ``held`` are those of
    which PSD alone knows that they were made.
    """

    pk: int
    case_id: int
    reference: str
    by: str
    capacity: str
    to: str
    text: str
    made_at: datetime
    answer: str
    answered_at: datetime | None
    standing: str
    note: str
    ended_at: datetime | None
    held: bool


def challenges_of(cases: Iterable[Case], *, reader: User) -> list[ChallengeSaid]:
    """The challenges on cases that this reader may read, in the order in which they were made.

    One held silently shows to PSD alone. One that ended in a hand-over for investigation reads, to
    everybody else, as every other that PSD has not openly ended.
    """
    found = (
        Challenge.objects.visible_to(reader, *PSD_ROLES)
        .filter(case__in=[case.pk for case in cases])
        .select_related("case__force", "board", "to__grade", "made_by__grade")
    )
    return [_said(each, reader) for each in found]


def _said(challenge: Challenge, reader: User) -> ChallengeSaid:
    psd = reads_for_psd(reader, challenge.case)
    own = _asks(reader, challenge)
    known = challenge.disposed_at is not None and (psd or _ends_knowably(challenge, own=own))
    return ChallengeSaid(
        pk=challenge.pk,
        case_id=challenge.case_id,
        reference=challenge.case.reference,
        by=challenge.made_by.display,
        capacity=str(challenge.board or "PSD"),
        to=challenge.to.display,
        text=challenge.text,
        made_at=challenge.made_at,
        answer=challenge.answer,
        answered_at=challenge.answered_at,
        standing=challenge.get_disposal_display() if known else _where(challenge, psd=psd, own=own),
        note=challenge.disposal_note if known else "",
        ended_at=challenge.disposed_at if known else None,
        held=challenge.silent and psd,
    )


def _asks(reader: User, challenge: Challenge) -> bool:
    """Whether a board of the reader's made it."""
    boards = reader.scope(Role.GOVERNANCE_MEMBER).bodies
    return challenge.board_id in boards and not is_declarant(reader, challenge.case)


def _ends_knowably(challenge: Challenge, *, own: bool) -> bool:
    """What a board asked and nobody was sent ends for that board alone; a hand-over, for PSD alone."""
    return challenge.ends_openly or (own and challenge.disposal != ChallengeDisposal.REFERRED)


def _where(challenge: Challenge, *, psd: bool, own: bool) -> str:
    """Where one stands that is open, or whose end is not the reader's to know."""
    is_open = challenge.disposed_at is None
    if psd and challenge.silent:
        return HELD
    if is_open and challenge.answered_at is None:
        return NOT_ANSWERED
    return TO_CLOSE if psd or (own and is_open) else WITH_PSD

"""Every challenge to a chief officer and its answer, as the board reads them, whoever reads the page."""

from collections.abc import Iterable
from dataclasses import replace

from integrity.casework.challenges import (
    NOT_ANSWERED,
    TO_CLOSE,
    WITH_PSD,
    ChallengeSaid,
    challenges_of,
)
from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models import Case
from integrity.ui.tables import Column, Table, of_day, text
from registers.oversight.permissions import is_member
from registers.oversight.sections.listed import Reading
from registers.oversight.seen import Seen


def table(found: Reading, seen: Seen) -> Table:
    """In the order in which they were made."""
    cases = {case.pk: case for case in found.cases}
    said = as_the_board(seen, cases.values())
    rows = []
    for each in said:
        case = cases[each.case_id]
        rows.append([
            found.entry(case, case.register), text(found.who(case)), text(each.capacity),
            of_day(each.made_at), text(each.text), text(each.answer or NOT_ANSWERED),
            text(f"{each.standing}: {each.note}" if each.note else each.standing),
        ])  # fmt: skip
    columns = ("Entry", "Chief officer", "Asked by", "On", "Challenge", "Answer", "How it stands")
    return Table(
        "chiefs-challenges",
        "Every challenge to a chief officer, and its answer",
        [Column(label) for label in columns],
        rows,
        nothing="Nobody has challenged a chief officer’s entry of this period.",
        note="What PSD may still be looking into is shown as “With PSD”.",
    )


def as_the_board(seen: Seen, cases: Iterable[Case]) -> list[ChallengeSaid]:
    """The challenges on these entries as its board reads them, also where PSD reads more of them."""
    board, reader = seen.asked.board, seen.reader
    if reader is None or board is None:
        return []
    said = challenges_of(cases, reader=reader)
    if is_member(reader, board):
        return said
    return [
        _to_a_board(each, own=each.capacity == str(board))
        for each in said
        if not each.held or each.capacity == str(board)
    ]


def _to_a_board(said: ChallengeSaid, *, own: bool) -> ChallengeSaid:
    if said.standing == ChallengeDisposal.REFERRED.label or (said.standing == TO_CLOSE and not own):
        return replace(said, standing=WITH_PSD, note="", ended_at=None, held=False)
    if said.held and said.ended_at is None:
        return replace(said, standing=NOT_ANSWERED, held=False)
    return replace(said, held=False)

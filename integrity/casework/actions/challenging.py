"""Asking a named person to justify an entry, for every register of declarations.

PSD asks anybody; a member of a board asks a chief officer of a force that the board oversees. HMIC
2012, pp. 24–25, found little evidence of challenge to chief officers by either.
"""

from datetime import date, datetime
from typing import Any

from integrity.audit.actions import action
from integrity.audit.models import Audience, Event
from integrity.casework.actions import conversation, work
from integrity.casework.actions.steps import Steps
from integrity.casework.enums import ChallengeDisposal, DeadlineKind, ReferralSource
from integrity.casework.models import Case, Challenge
from integrity.casework.permissions import (
    boards_over,
    check_disposal,
    is_declarant,
    speaks_for_board,
    theirs_to_close,
)
from integrity.casework.workflow import Denied
from integrity.people.models import OversightBody, User


class ChallengeSteps[R: Any](Steps[R]):
    """A register's way of acting on its records, whose entries somebody may be asked to justify."""

    @action
    def challenge(
        self,
        record: R,
        *,
        to: User,
        text: str,
        silent: bool,
        silent_reason: str,
        by: User,
        now: datetime,
        version: int | None,
    ) -> R:
        """Ask somebody to justify the entry; held silently, nobody but PSD sees it.

        A board's goes out at once, unless PSD asks nobody; then it waits, and its page says what it
        would say anyway.
        """
        record = self.take("challenge", record, by=by, version=version)
        case = record.case
        board = boards_over(by, case).first() if speaks_for_board(by, case) else None
        if to.pk not in (case.subject_id, case.author_id):
            raise Denied("A challenge goes to the person the entry is about, or who typed it.")
        if silent and board is not None:
            raise Denied("Only PSD holds a challenge silently.")
        due_on = self.day_to_answer(record, now)
        made = conversation.make_challenge(
            case,
            to=to,
            text=text,
            silent=silent,
            silent_reason=silent_reason,
            due_on=due_on,
            by=by,
            now=now,
            board=board,
        )
        event = self._record_challenge(record, made, by=by, now=now)
        if not made.silent:
            self._tell_challenged(to, case, event, due_on)
        if board is not None:
            self._tell_psd(case, event, board)
        return record

    def _record_challenge(self, record: R, made: Challenge, *, by: User, now: datetime) -> Event:
        chosen = made.silent and made.board is None
        return self.finish(
            "challenge",
            record,
            record.status,
            by=by,
            now=now,
            reason=made.silent_reason if chosen else made.text,
            facts={
                "to": made.to.display,
                "silent": made.silent,
                "board": made.board.code if made.board else "",
            },
            audience=Audience.PSD if made.silent else Audience.CASE,
        )

    def _tell_challenged(self, to: User, case: Case, event: Event, due_on: date) -> None:
        work.notify(
            [to],
            case=case,
            event=event,
            subject="you are asked to justify an entry",
            body=f"Please answer by {due_on:%-d %B %Y}.",
            path=self.path(case),
        )

    def _tell_psd(self, case: Case, event: Event, board: OversightBody) -> None:
        work.notify(
            [reviewer for reviewer in work.psd_of(case) if not is_declarant(reviewer, case)],
            case=case,
            event=event,
            subject="a board challenges an entry",
            body=f"Read on the desk what {board} asks.",
            path=self.path(case),
        )

    @action
    def answer_challenge(
        self,
        record: R,
        *,
        challenge: Challenge,
        answer: str,
        by: User,
        now: datetime,
        version: int | None,
    ) -> R:
        """The person challenged answers; whoever challenged them is told."""
        record = self.take("answer-challenge", record, by=by, version=version)
        mine = _of_case(record.case, challenge)
        conversation.answer_challenge(mine, answer=answer, by=by, now=now)
        work.set_deadline(
            record.case,
            kind=DeadlineKind.DISPOSE_CHALLENGE,
            what="Read the answer and close the challenge",
            owner=mine.made_by,
            due_on=self.day_to_answer(record, now),
            now=now,
        )
        event = self.finish("answer-challenge", record, record.status, by=by, now=now)
        work.notify(
            [mine.made_by],
            case=record.case,
            event=event,
            subject="your challenge was answered",
            body="Read the answer, then close the challenge.",
            path=self.path(record.case),
        )
        return record

    @action
    def dispose_challenge(
        self,
        record: R,
        *,
        challenge: Challenge,
        disposal: ChallengeDisposal,
        note: str,
        by: User,
        now: datetime,
        version: int | None,
    ) -> R:
        """Say how a challenge ended. Where it is referred, nobody outside PSD is told of its end."""
        record = self.take("close-challenge", record, by=by, version=version)
        case = record.case
        mine = _of_case(case, challenge)
        if not theirs_to_close(by, case).filter(pk=mine.pk).exists():
            raise Denied("No such challenge is open on this entry.", for_them=False)
        check_disposal(by, case, disposal)
        conversation.dispose_challenge(mine, disposal=disposal, note=note, by=by, now=now)
        work.meet_deadlines(case, DeadlineKind.DISPOSE_CHALLENGE, now=now, owner=mine.made_by)
        event = self.finish(
            "close-challenge",
            record,
            record.status,
            by=by,
            now=now,
            reason=note,
            facts={"disposal": str(disposal)},
            audience=Audience.CASE if mine.ends_openly else Audience.PSD,
        )
        if disposal == ChallengeDisposal.REFERRED:
            work.refer(
                case,
                source=ReferralSource.CHALLENGE,
                about=f"Challenge to {mine.to.display}",
                reason=note,
                by=by,
                now=now,
                person=mine.to,
            )
        self._tell_of_its_end(mine, case, event)
        if mine.silent:
            self._send_what_waits(record, by=by, now=now)
        return record

    def _tell_of_its_end(self, mine: Challenge, case: Case, event: Event) -> None:
        """Whom it was put to, and whoever asked it for a board; of a hand-over, neither."""
        told = [mine.to] if mine.ends_openly else []
        if mine.board_id and mine.disposal != ChallengeDisposal.REFERRED:
            told.append(mine.made_by)
        work.notify(
            told,
            case=case,
            event=event,
            subject="a challenge was closed",
            body="Read how it ended on the entry’s page.",
            path=self.path(case),
        )

    def _send_what_waits(self, record: R, *, by: User, now: datetime) -> None:
        """Nothing is held any more, so what boards asked meanwhile goes out."""
        if record.status not in self.rules.transitions["challenge"].sources:
            return
        due_on = self.day_to_answer(record, now)
        for waiting in conversation.send_what_waits(record.case, due_on=due_on, now=now):
            event = self._record_challenge(record, waiting, by=by, now=now)
            self._tell_challenged(waiting.to, record.case, event, due_on)


def _of_case(case: Case, challenge: Challenge) -> Challenge:
    return Challenge.objects.select_related("case", "to", "made_by").get(pk=challenge.pk, case=case)

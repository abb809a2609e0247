"""Questions, challenges and attachments."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile

from integrity.audit.models import Audience
from integrity.casework.actions.work import meet_deadlines, set_deadline
from integrity.casework.enums import ChallengeDisposal, DeadlineKind
from integrity.casework.models import Attachment, Case, Challenge, Question
from integrity.casework.permissions import check_may_ask_now
from integrity.casework.workflow import Denied
from integrity.people.models import OversightBody, User

BOARD_WAITS = (
    "A board asks this. It waits: PSD asks nobody on this entry, and the board is not told."
)


def ask_question(
    case: Case,
    *,
    field: str,
    text: str,
    due_on: date,
    by: User,
    now: datetime,
    asker: str = "PSD",
) -> Question:
    """Pin a question to a field of the entry; it waits for the declarant until its day.

    ``asker`` is who asks, as the declarant reads it within a sentence.
    """
    question = Question.objects.create(case=case, field=field, text=text, asked_by=by, asked_at=now)
    set_deadline(
        case,
        kind=DeadlineKind.ANSWER_QUESTION,
        what=f"Answer {asker}’s question",
        owner=case.subject,
        due_on=due_on,
        now=now,
    )
    return question


def answer_questions(case: Case, *, answers: Mapping[int, str], by: User, now: datetime) -> bool:
    """Answer some open questions; says whether none is left open. Raises Denied for none answered."""
    answered = [q for q in case.questions.filter(answered_at=None) if answers.get(q.pk)]
    if not answered:
        raise Denied("Write an answer to at least one question.")
    for question in answered:
        question.answer = answers[question.pk]
        question.answered_at, question.answered_by = now, by
        question.save(update_fields=["answer", "answered_at", "answered_by"])
    if case.questions.filter(answered_at=None).exists():
        return False
    meet_deadlines(case, DeadlineKind.ANSWER_QUESTION, now=now)
    return True


def make_challenge(
    case: Case,
    *,
    to: User,
    text: str,
    silent: bool,
    silent_reason: str,
    due_on: date,
    by: User,
    now: datetime,
    board: OversightBody | None = None,
) -> Challenge:
    """Ask a named person to justify an entry, or hold the challenge so that nobody is tipped off.

    A board's waits where PSD asks nobody. Raises Denied where PSD would ask while a challenge on
    the entry is held silently.
    """
    if to.pk == by.pk:
        raise Denied("You cannot challenge yourself.")
    if board is not None:
        silent = case.challenges.keeps_boards_waiting().exists()
        silent_reason = BOARD_WAITS
    # A silent challenge leaves the case's version as it is, which would let a double click by.
    same = case.challenges.filter(to=to, made_by=by, text=text, silent=True, disposed_at=None)
    if silent and same.exists():
        raise Denied("You have made this challenge already; it is on the case’s page.")
    if not silent and board is None:
        check_may_ask_now(case)
    challenge = Challenge.objects.create(
        case=case,
        to=to,
        board=board,
        text=text,
        silent=silent,
        silent_reason=silent_reason if silent else "",
        made_at=now,
        made_by=by,
    )
    if not silent:
        _await_answer(challenge, due_on=due_on, now=now)
    return challenge


def send_what_waits(case: Case, *, due_on: date, now: datetime) -> list[Challenge]:
    """Ask what boards wanted to ask, once PSD holds nothing silently and nothing was handed over."""
    if case.challenges.keeps_boards_waiting().exists():
        return []
    waiting = list(case.challenges.held_silently().select_related("to", "board", "made_by"))
    for challenge in waiting:
        challenge.silent, challenge.silent_reason = False, ""
        challenge.save(update_fields=["silent", "silent_reason"])
        _await_answer(challenge, due_on=due_on, now=now)
    return waiting


def _await_answer(challenge: Challenge, *, due_on: date, now: datetime) -> None:
    set_deadline(
        challenge.case,
        kind=DeadlineKind.ANSWER_CHALLENGE,
        what="Answer a challenge",
        owner=challenge.to,
        due_on=due_on,
        now=now,
    )


def answer_challenge(challenge: Challenge, *, answer: str, by: User, now: datetime) -> None:
    """The person challenged justifies the entry. Raises Denied where it is not theirs or is answered."""
    if challenge.to_id != by.pk or challenge.silent:
        raise Denied("Only the person challenged can answer.", for_them=False)
    if challenge.answered_at or challenge.disposed_at:
        raise Denied("This challenge has already been answered.")
    challenge.answer, challenge.answered_by, challenge.answered_at = answer, by, now
    challenge.save(update_fields=["answer", "answered_by", "answered_at"])
    meet_deadlines(challenge.case, DeadlineKind.ANSWER_CHALLENGE, now=now, owner=by)


def dispose_challenge(
    challenge: Challenge, *, disposal: ChallengeDisposal, note: str, by: User, now: datetime
) -> None:
    """Say how a challenge ended. Raises Denied before its answer, or twice."""
    if challenge.disposed_at:
        raise Denied("This challenge has already been closed.")
    if not challenge.silent and not challenge.answered_at:
        raise Denied("A challenge is closed once it has been answered.")
    challenge.disposal, challenge.disposal_note = disposal, note
    challenge.disposed_by, challenge.disposed_at = by, now
    challenge.save(update_fields=["disposal", "disposal_note", "disposed_by", "disposed_at"])


def digest_of(file: UploadedFile) -> str:
    """The SHA-256 of a file's bytes, kept with it; the file is at its beginning again."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def attach(
    case: Case,
    *,
    file: UploadedFile,
    about: str,
    by: User,
    now: datetime,
    audience: Audience = Audience.CASE,
) -> Attachment:
    """Keep a file with the case, with the hash of its bytes; PSD's evidence may be PSD's alone."""
    return Attachment.objects.create(
        case=case,
        file=file,
        name=(file.name or "file")[:200],
        size=file.size or 0,
        sha256=digest_of(file),
        about=about,
        audience=audience,
        attached_at=now,
        attached_by=by,
    )

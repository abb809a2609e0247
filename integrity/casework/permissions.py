"""What the platform asks before anybody acts on a case, whatever its register."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from integrity.casework.enums import ChallengeDisposal, Stage
from integrity.casework.models import Case, Challenge
from integrity.casework.policies import why_not_decide, why_not_inside
from integrity.casework.workflow import Denied, Transition, Workflow
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, OversightBody, Unit, User


@dataclass(frozen=True, slots=True)
class Option:
    """A verb as one person sees it on a case: free to use, or refused with its sentence."""

    transition: Transition
    refusal: str = ""


class Rules[R: Any]:
    """A register's transitions, and who may use each: a check raises Denied with its sentence."""

    def __init__(
        self, transitions: Workflow, checks: Mapping[Any, Callable[[User, R], None]]
    ) -> None:
        self.transitions, self.checks = transitions, checks

    def check(self, verb: str, user: User, record: R) -> Transition:
        """Who first, then what the status allows. Raises Denied."""
        self.checks[verb](user, record)
        return self.transitions.check(verb, record.status, record.get_status_display())

    def options(self, user: User, record: R) -> list[Option]:
        """The verbs that are of this person's part, in the table's order, each free or refused."""
        found = []
        for transition in self.transitions:
            if transition.begins:
                continue
            try:
                self.check(transition.verb, user, record)
            except Denied as denied:
                if denied.for_them:
                    found.append(Option(transition, str(denied)))
            else:
                found.append(Option(transition))
        return found


def is_declarant(user: User, case: Case) -> bool:
    """The person an entry is about, or the one who typed it for them."""
    return user.pk in (case.subject_id, case.author_id)


def is_psd(user: User, case: Case) -> bool:
    """Whether somebody reviews this case's force or body, or is the outside decider it went to."""
    scope = user.scope(*PSD_ROLES)
    inside = scope.covers(force_id=case.force_id, oversight_body_id=case.oversight_body_id)
    return inside or is_outside_decider(user, case)


def is_outside_decider(user: User, case: Case) -> bool:
    """Whether the case left its force and went to this person's department or body."""
    if not case.with_outside_decider or case.force is None:
        return False
    return (
        case.force.outside_department_id in user.departments(*PSD_ROLES)
        or case.force.outside_body_id in user.scope(*PSD_ROLES).bodies
    )


def is_decider(user: User, case: Case) -> bool:
    """PSD; of a case that left its force, the outside decider alone."""
    return is_outside_decider(user, case) if case.with_outside_decider else is_psd(user, case)


def reads_for_psd(user: User, case: Case) -> bool:
    """Whether somebody reads what is PSD's alone on a case: never on an entry of their own."""
    return is_psd(user, case) and not is_declarant(user, case)


def check_may_enter(user: User, subject: User) -> None:
    """Anybody enters for themselves; for a principal, somebody of the same force or body. Raises Denied."""
    same = (user.force_id, user.oversight_body_id) == (subject.force_id, subject.oversight_body_id)
    if not same:
        raise Denied(f"{subject.display} is not in your force.")
    if not subject.is_active:
        raise Denied(f"{subject.display} has left the force.")


def check_declarant(user: User, case: Case) -> None:
    if not is_declarant(user, case):
        raise Denied("Only the person who made this entry can do this.", for_them=False)


def check_psd(user: User, case: Case) -> None:
    """PSD works a case only where it is not about, or by, the reviewer."""
    if not is_psd(user, case):
        raise Denied("Only the professional standards department can do this.", for_them=False)
    if is_declarant(user, case):
        raise Denied("You cannot work on an entry of your own.")


def check_decider(user: User, case: Case) -> None:
    """A case that left its force is read by its PSD and worked by the outside decider. Raises Denied."""
    check_psd(user, case)
    if case.force is not None and not is_decider(user, case):
        raise Denied(why_not_inside(case.force))


def check_stage(stage: Stage, user: User, case: Case) -> None:
    """Whether the rules let somebody decide about the case's subject at a stage. Raises Denied."""
    reason = why_not_decide(stage, user, case.subject) if case.subject is not None else ""
    if reason:
        raise Denied(reason)


def check_no_conflict(user: User, case: Case) -> None:
    """Its decider, and neither the subject nor in the subject's line (ASSURANCE, decision 4)."""
    check_decider(user, case)
    check_stage(Stage.PSD, user, case)


def check_may_decide(user: User, case: Case) -> None:
    """Separation of duty for every decision by PSD: no conflict, and one stage a round."""
    check_no_conflict(user, case)
    check_first_decision_of_round(user, case)


def check_first_decision_of_round(user: User, case: Case) -> None:
    if case.decisions.filter(round=case.round, decided_by=user).exists():
        raise Denied("You have already decided at another stage of this case.")


def check_may_hear_appeal(user: User, case: Case) -> None:
    """The chief officer's appeal needs only that they took no part before. Raises Denied."""
    if is_declarant(user, case):
        raise Denied("You cannot work on an entry of your own.")
    if case.decisions.filter(decided_by=user).exists():
        raise Denied("You have decided this case before, so somebody else hears the appeal.")
    check_stage(Stage.APPEAL, user, case)


def check_challenged(user: User, case: Case) -> None:
    mine = case.challenges.filter(to=user, silent=False)
    if not mine.exists():
        raise Denied("Nobody has challenged you on this entry.", for_them=False)
    if not mine.filter(answered_at=None, disposed_at=None).exists():
        raise Denied("You have answered this challenge.", for_them=False)


def check_may_ask_now(case: Case) -> None:
    """Nobody is asked while somebody holds a challenge on the entry silently: it tips off. Raises Denied.

    Only PSD is told, which reads what is held silently; a board's challenge waits without a word.
    """
    held = case.challenges.held_silently().select_related("made_by__grade").first()
    if held is not None:
        raise Denied(
            f"{held.made_by.display} holds a challenge on this entry silently, because asking would "
            "tip somebody off. Close that one before anybody is asked, or hold this one silently too."
        )


def boards_over(user: User, case: Case) -> QuerySet[OversightBody]:
    """The bodies for which somebody challenges a chief officer's entry: theirs, over its force.

    None where the entry is their own.
    """
    bodies = user.scope(Role.GOVERNANCE_MEMBER).bodies
    chiefs = case.subject_is_chief_officer and case.force_id is not None
    if not (bodies and chiefs) or is_declarant(user, case):
        return OversightBody.objects.none()
    return OversightBody.objects.filter(pk__in=bodies, forces=case.force_id)


def speaks_for_board(user: User, case: Case) -> bool:
    """Whether somebody challenges for a board; whoever is PSD as well does so for PSD."""
    return not is_psd(user, case) and boards_over(user, case).exists()


def check_may_challenge(user: User, case: Case) -> None:
    """PSD; of chief officers, whoever sits on a board over their force (HMIC 2012, p. 25). Raises Denied."""
    if not speaks_for_board(user, case):
        check_psd(user, case)


def theirs_to_close(user: User, case: Case) -> QuerySet[Challenge]:
    """The challenges that somebody closes: PSD any, a board its own once they are answered.

    Nobody closes one to themselves.
    """
    others = case.challenges.exclude(to=user)
    if is_psd(user, case):
        return others.visible_to(user, *PSD_ROLES)
    return others.filter(board__in=boards_over(user, case), answered_at__isnull=False)


def check_close_challenge(user: User, case: Case) -> None:
    if not speaks_for_board(user, case):
        check_psd(user, case)
    if not theirs_to_close(user, case).filter(disposed_at=None).exists():
        raise Denied("No challenge is open on this entry.", for_them=False)


def check_disposal(user: User, case: Case, disposal: str) -> None:
    """A hand-over for investigation is PSD's alone, and so is that there was one. Raises Denied."""
    if disposal == ChallengeDisposal.REFERRED and not is_psd(user, case):
        raise Denied(
            "Only PSD hands a challenge over for investigation: leave it open and tell PSD."
        )


def check_answer(user: User, case: Case) -> None:
    check_declarant(user, case)
    if not case.questions.filter(answered_at=None).exists():
        raise Denied("No question is waiting for an answer.", for_them=False)


def hears_appeals(user: User, case: Case) -> bool:
    """The head of the force in person, or whoever acts for them with that role."""
    acting = user.scope(Role.ACTING_CHIEF_OFFICER)
    heads = user.heads_force and case.force_id is not None and user.force_id == case.force_id
    return heads or acting.covers(force_id=case.force_id, oversight_body_id=case.oversight_body_id)


def check_may_own(owner: User, case: Case) -> None:
    """Whether a case may be assigned to somebody. Raises Denied."""
    if not is_psd(owner, case):
        raise Denied(f"{owner.display} does not review for {case.scope_name}.")
    if case.force is not None and not is_decider(owner, case):
        raise Denied(why_not_inside(case.force))
    if is_declarant(owner, case):
        raise Denied(f"{owner.display} cannot work on an entry of their own.")


def check_may_sign_off(user: User, *, force_id: int, body_id: int | None) -> None:
    """The register's owner signs for the force, a governance member for the body. Raises Denied."""
    if body_id is None and force_id not in user.scope(Role.REGISTER_OWNER).forces:
        raise Denied(
            "Only the owner of the register can sign it off for the force.", for_them=False
        )
    if body_id is not None and body_id not in user.scope(Role.GOVERNANCE_MEMBER).bodies:
        raise Denied("Only a member of the oversight body can sign for it.", for_them=False)


def check_may_import(user: User | None, force: Force) -> None:
    """The head of PSD and the register's owner import; nobody, an operator's command. Raises Denied."""
    if user is not None and force.pk not in user.scope(Role.PSD_HEAD, Role.REGISTER_OWNER).forces:
        raise Denied(f"{user.display} cannot import registers of {force}.")


def check_may_feed(user: User | None, force: Force, roles: Iterable[str]) -> None:
    """Whoever holds one of the feed's roles there imports; nobody, an operator's command. Raises Denied."""
    if user is not None and force.pk not in user.scope(*roles).forces:
        raise Denied(f"{user.display} cannot import files of {force}.")


def check_may_answer_for(user: User, unit: Unit) -> None:
    """A unit's head says what was and was not declared there; their line manager stands in. Raises Denied."""
    head = unit.head
    if head is None or user.pk not in (head.pk, head.line_manager_id):
        raise Denied(
            f"Only the head of {unit}, or their line manager, can say that there was nothing.",
            for_them=False,
        )

"""Every write of the business interests register: atomic, keyword-only, audited inside."""

from registers.business_interests.actions.appeal import (
    appeal,
    decide_appeal,
    send_papers,
    withdraw_appeal,
)
from registers.business_interests.actions.apply import apply, attach, withdraw
from registers.business_interests.actions.assess import (
    give_hr_view,
    give_vetting_view,
    give_view,
    go_on,
)
from registers.business_interests.actions.decide import (
    approve,
    refuse,
    reopen,
    second_approve,
    send_back,
)
from registers.business_interests.actions.ending import cease
from registers.business_interests.actions.keep import (
    check_condition,
    confirm_condition,
    follow_up,
)
from registers.business_interests.actions.oversight import record_discussion, record_pdr
from registers.business_interests.actions.renewal import renew, revoke, vary
from registers.business_interests.actions.review import (
    answer_review,
    give_review_view,
    open_review,
    report_change,
)
from registers.business_interests.actions.step import STEPS

assign, ask, answer = STEPS.assign, STEPS.ask, STEPS.answer
challenge, answer_challenge = STEPS.challenge, STEPS.answer_challenge
dispose_challenge = STEPS.dispose_challenge

__all__ = [
    "answer",
    "answer_challenge",
    "answer_review",
    "appeal",
    "apply",
    "approve",
    "ask",
    "assign",
    "attach",
    "cease",
    "challenge",
    "check_condition",
    "confirm_condition",
    "decide_appeal",
    "dispose_challenge",
    "follow_up",
    "give_hr_view",
    "give_review_view",
    "give_vetting_view",
    "give_view",
    "go_on",
    "open_review",
    "record_discussion",
    "record_pdr",
    "refuse",
    "renew",
    "reopen",
    "report_change",
    "revoke",
    "second_approve",
    "send_back",
    "send_papers",
    "vary",
    "withdraw",
    "withdraw_appeal",
]

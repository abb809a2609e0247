"""The writes every register's actions are made of; call them inside the register's transaction."""

from integrity.casework.actions.cases import (
    add_decision,
    advance,
    assign_owner,
    confirm,
    keep_version,
    lock_case,
    open_case,
    record_on_case,
    start_round,
    unconfirm,
)
from integrity.casework.actions.conversation import (
    answer_challenge,
    answer_questions,
    ask_question,
    attach,
    dispose_challenge,
    make_challenge,
)
from integrity.casework.actions.drafts import discard_draft, remove_step, save_draft, start_draft
from integrity.casework.actions.signoffs import sign_off
from integrity.casework.actions.work import (
    meet_deadlines,
    notify,
    psd_of,
    read_notice,
    refer,
    send_notice,
    set_deadline,
)

__all__ = [
    "add_decision",
    "advance",
    "answer_challenge",
    "answer_questions",
    "ask_question",
    "assign_owner",
    "attach",
    "confirm",
    "discard_draft",
    "dispose_challenge",
    "keep_version",
    "lock_case",
    "make_challenge",
    "meet_deadlines",
    "notify",
    "open_case",
    "psd_of",
    "read_notice",
    "record_on_case",
    "refer",
    "remove_step",
    "save_draft",
    "send_notice",
    "set_deadline",
    "sign_off",
    "start_draft",
    "start_round",
    "unconfirm",
]

"""Every write of the gifts register: atomic, keyword-only, ``by`` and ``now`` given, audited inside."""

from registers.gifts.actions.declarant import confirm, count_refreshments, record_disposal, withdraw
from registers.gifts.actions.declare import declare, seek_authorisation
from registers.gifts.actions.restate import correct, record_outcome
from registers.gifts.actions.review import (
    accept,
    approve,
    authorise,
    escalate,
    give_peer_review,
    refuse_authorisation,
    reject,
    reopen,
)
from registers.gifts.actions.step import (
    answer,
    answer_challenge,
    ask,
    assign,
    challenge,
    dispose_challenge,
)

__all__ = [
    "accept",
    "answer",
    "answer_challenge",
    "approve",
    "ask",
    "assign",
    "authorise",
    "challenge",
    "confirm",
    "correct",
    "count_refreshments",
    "declare",
    "dispose_challenge",
    "escalate",
    "give_peer_review",
    "record_disposal",
    "record_outcome",
    "refuse_authorisation",
    "reject",
    "reopen",
    "seek_authorisation",
    "withdraw",
]

"""Every write of the media contacts register: atomic, keyword-only, ``by`` and ``now`` given."""

from registers.media_contacts.actions.compliance import (
    check_week,
    draw_sample,
    keep_quotations,
    state_quarter,
)
from registers.media_contacts.actions.declarant import confirm, no_contact, withdraw
from registers.media_contacts.actions.log import begin_offer, complete, correct, log, route
from registers.media_contacts.actions.press import (
    acknowledge,
    add_coverage,
    add_meeting_item,
    close_meeting_item,
    correct_names,
    flag_coverage,
    flag_leak,
    link_coverage,
    put_on_the_list,
)
from registers.media_contacts.actions.step import (
    answer,
    answer_challenge,
    ask,
    challenge,
    dispose_challenge,
)

__all__ = [
    "acknowledge",
    "add_coverage",
    "add_meeting_item",
    "answer",
    "answer_challenge",
    "ask",
    "begin_offer",
    "challenge",
    "check_week",
    "close_meeting_item",
    "complete",
    "confirm",
    "correct",
    "correct_names",
    "dispose_challenge",
    "draw_sample",
    "flag_coverage",
    "flag_leak",
    "keep_quotations",
    "link_coverage",
    "log",
    "no_contact",
    "put_on_the_list",
    "route",
    "state_quarter",
    "withdraw",
]

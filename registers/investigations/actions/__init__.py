"""Every write of the investigations register: atomic, keyword-only, ``by`` and ``now`` given.

But for what whoever sends a concern does, who is nobody on record: that is in concerns.py.
"""

from registers.investigations.actions.concerns import reply
from registers.investigations.actions.ending import close, reopen
from registers.investigations.actions.opening import add_referral, open_investigation, set_aside
from registers.investigations.actions.posts import recheck, record_post
from registers.investigations.actions.step import assign
from registers.investigations.actions.work import (
    assess,
    classify,
    end_restriction,
    identify,
    refer_out,
    restrict,
    return_from_referral,
)

__all__ = [
    "add_referral",
    "assess",
    "assign",
    "classify",
    "close",
    "end_restriction",
    "identify",
    "open_investigation",
    "recheck",
    "record_post",
    "refer_out",
    "reopen",
    "reply",
    "restrict",
    "return_from_referral",
    "set_aside",
]

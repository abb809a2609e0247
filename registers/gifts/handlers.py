"""Which form asks for each verb's particulars and which action carries it out, on site and desk alike.

DECLARE, SEEK_AUTHORISATION, RECORD_OUTCOME and CORRECT are not here: they are made in a draft.
"""

from collections.abc import Callable
from typing import Any

from integrity.casework import verb_forms
from integrity.casework.forms import ReasonForm, VerbForm
from registers.gifts import actions
from registers.gifts.enums import Verb
from registers.gifts.forms import verbs as forms

HANDLERS: dict[Verb, tuple[type[VerbForm], Callable[..., Any]]] = {
    Verb.PEER_REVIEW: (forms.PeerReviewForm, actions.give_peer_review),
    Verb.AUTHORISE: (forms.AuthoriseForm, actions.authorise),
    Verb.REFUSE_AUTHORISATION: (ReasonForm, actions.refuse_authorisation),
    Verb.CONFIRM: (forms.ConfirmForm, actions.confirm),
    Verb.APPROVE: (ReasonForm, actions.approve),
    Verb.ESCALATE: (ReasonForm, actions.escalate),
    Verb.ASSIGN: (verb_forms.AssignForm, actions.assign),
    Verb.ASK: (forms.AskForm, actions.ask),
    Verb.ANSWER: (verb_forms.AnswerForm, actions.answer),
    Verb.ACCEPT: (ReasonForm, actions.accept),
    Verb.REJECT: (forms.RejectForm, actions.reject),
    Verb.CHALLENGE: (verb_forms.ChallengeForm, actions.challenge),
    Verb.ANSWER_CHALLENGE: (verb_forms.AnswerChallengeForm, actions.answer_challenge),
    Verb.DISPOSE_CHALLENGE: (verb_forms.DisposeChallengeForm, actions.dispose_challenge),
    Verb.REOPEN: (ReasonForm, actions.reopen),
    Verb.WITHDRAW: (verb_forms.WithdrawForm, actions.withdraw),
    Verb.RECORD_DISPOSAL: (forms.DisposalForm, actions.record_disposal),
}
IN_A_DRAFT = frozenset(Verb) - set(HANDLERS)

"""Which form asks for each verb's particulars and which action carries it out, on site and desk alike.

LOG, ROUTE, COMPLETE and CORRECT are not here: they have pages of their own.
"""

from collections.abc import Callable
from typing import Any

from integrity.casework import verb_forms
from integrity.casework.forms import VerbForm
from registers.media_contacts import actions
from registers.media_contacts.enums import Verb
from registers.media_contacts.forms import verbs as forms

HANDLERS: dict[Verb, tuple[type[VerbForm], Callable[..., Any]]] = {
    Verb.NO_CONTACT: (forms.NoContactForm, actions.no_contact),
    Verb.CONFIRM: (forms.ConfirmForm, actions.confirm),
    Verb.ACKNOWLEDGE: (forms.AcknowledgeForm, actions.acknowledge),
    Verb.CORRECT_NAMES: (forms.CorrectNamesForm, actions.correct_names),
    Verb.LINK_COVERAGE: (forms.LinkCoverageForm, actions.link_coverage),
    Verb.FLAG_LEAK: (forms.FlagLeakForm, actions.flag_leak),
    Verb.LIST: (forms.ListForm, actions.put_on_the_list),
    Verb.ASK: (forms.AskForm, actions.ask),
    Verb.ANSWER: (verb_forms.AnswerForm, actions.answer),
    Verb.CHALLENGE: (verb_forms.ChallengeForm, actions.challenge),
    Verb.ANSWER_CHALLENGE: (verb_forms.AnswerChallengeForm, actions.answer_challenge),
    Verb.DISPOSE_CHALLENGE: (verb_forms.DisposeChallengeForm, actions.dispose_challenge),
    Verb.WITHDRAW: (verb_forms.WithdrawForm, actions.withdraw),
}
ON_PAGES_OF_THEIR_OWN = frozenset(Verb) - set(HANDLERS)

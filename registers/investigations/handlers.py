"""Which form asks for each verb's particulars and which action carries it out, on the desk alone.

OPEN is not here: it has a page of its own, which begins from a referral.
"""

from collections.abc import Callable
from typing import Any

from integrity.casework.forms import VerbForm
from registers.investigations import actions
from registers.investigations.enums import Verb
from registers.investigations.forms import verbs as forms

HANDLERS: dict[Verb, tuple[type[VerbForm], Callable[..., Any]]] = {
    Verb.ASSIGN: (forms.AssignForm, actions.assign),
    Verb.CLASSIFY: (forms.ClassifyForm, actions.classify),
    Verb.IDENTIFY: (forms.IdentifyForm, actions.identify),
    Verb.ASSESS: (forms.AssessForm, actions.assess),
    Verb.ADD_REFERRAL: (forms.AddReferralForm, actions.add_referral),
    Verb.SUSPEND: (forms.RestrictForm, actions.restrict),
    Verb.END_RESTRICTION: (forms.EndRestrictionForm, actions.end_restriction),
    Verb.REFER_OUT: (forms.ReferOutForm, actions.refer_out),
    Verb.RETURN: (forms.ReturnForm, actions.return_from_referral),
    Verb.RECORD_POST: (forms.RecordPostForm, actions.record_post),
    Verb.RECHECK: (forms.RecheckForm, actions.recheck),
    Verb.CLOSE: (forms.CloseForm, actions.close),
    Verb.REOPEN: (forms.ReopenForm, actions.reopen),
}

"""Which form asks for each verb's particulars and which action carries it out, on site and desk alike.

APPLY is not here: it is made in a draft.
"""

from collections.abc import Callable
from typing import Any

from integrity.casework import verb_forms
from integrity.casework.forms import ReasonForm, VerbForm
from registers.business_interests import actions
from registers.business_interests.enums import Verb
from registers.business_interests.forms import decisions, keeping, verbs

HANDLERS: dict[Verb, tuple[type[VerbForm], Callable[..., Any]]] = {
    Verb.GIVE_VIEW: (verbs.GiveViewForm, actions.give_view),
    Verb.GIVE_HR_VIEW: (verbs.GiveHrViewForm, actions.give_hr_view),
    Verb.GIVE_VETTING_VIEW: (verbs.GiveVettingViewForm, actions.give_vetting_view),
    Verb.GO_ON: (verbs.GoOnForm, actions.go_on),
    Verb.ASK: (verbs.AskForm, actions.ask),
    Verb.ANSWER: (verb_forms.AnswerForm, actions.answer),
    Verb.ASSIGN: (verb_forms.AssignForm, actions.assign),
    Verb.APPROVE: (decisions.ApproveForm, actions.approve),
    Verb.SECOND_APPROVE: (decisions.SecondApproveForm, actions.second_approve),
    Verb.SEND_BACK: (decisions.SendBackForm, actions.send_back),
    Verb.REFUSE: (decisions.RefuseForm, actions.refuse),
    Verb.APPEAL: (verbs.AppealForm, actions.appeal),
    Verb.SEND_PAPERS: (verbs.SendPapersForm, actions.send_papers),
    Verb.WITHDRAW_APPEAL: (verbs.WithdrawAppealForm, actions.withdraw_appeal),
    Verb.DECIDE_APPEAL: (decisions.DecideAppealForm, actions.decide_appeal),
    Verb.CHECK_CONDITION: (keeping.CheckConditionForm, actions.check_condition),
    Verb.CONFIRM_CONDITION: (keeping.ConfirmConditionForm, actions.confirm_condition),
    Verb.FOLLOW_UP: (keeping.FollowUpForm, actions.follow_up),
    Verb.OPEN_REVIEW: (verbs.OpenReviewForm, actions.open_review),
    Verb.ANSWER_REVIEW: (verbs.AnswerReviewForm, actions.answer_review),
    Verb.GIVE_REVIEW_VIEW: (verbs.GiveReviewViewForm, actions.give_review_view),
    Verb.RENEW: (decisions.RenewForm, actions.renew),
    Verb.VARY: (decisions.VaryForm, actions.vary),
    Verb.REVOKE: (decisions.RevokeForm, actions.revoke),
    Verb.REPORT_CHANGE: (verbs.ReportChangeForm, actions.report_change),
    Verb.CEASE: (verbs.CeaseForm, actions.cease),
    Verb.WITHDRAW: (verbs.WithdrawForm, actions.withdraw),
    Verb.ATTACH: (verbs.AttachForm, actions.attach),
    Verb.REOPEN: (ReasonForm, actions.reopen),
    Verb.CHALLENGE: (verb_forms.ChallengeForm, actions.challenge),
    Verb.ANSWER_CHALLENGE: (verb_forms.AnswerChallengeForm, actions.answer_challenge),
    Verb.DISPOSE_CHALLENGE: (verb_forms.DisposeChallengeForm, actions.dispose_challenge),
}

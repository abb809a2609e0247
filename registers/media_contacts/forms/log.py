"""The form of a contact, on one screen of a phone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils import timezone

from integrity.casework.forms import UploadField
from integrity.people.models import User
from integrity.ui.forms import (
    CheckboxSelectMultiple,
    DateField,
    GovukForm,
    Layout,
    RadioSelect,
    SuggestInput,
)
from registers.media_contacts.enums import Basis, Channel, OffRecord, PressCard
from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.forms.parts import (
    Asked,
    Beside,
    ColleaguesField,
    Inline,
    LinesField,
    More,
    SpeakersField,
    TimeField,
    as_radios,
    blank_first,
    few_lines,
    yes_or_no,
)
from registers.media_contacts.policies import Problem
from registers.organisations.telling import asks_facts

PRESS_CARDS = {
    PressCard.SEEN: "Yes",
    PressCard.REMOTE: "No: by phone or in writing",
    PressCard.KNOWN: "No: I know them",
    PressCard.OTHER: "No: another reason",
}
# drawn only once the policy, or the answer above, asks for it
WHERE_ASKED = ("press_card_reason", "late_reason")
# what stands for an answer that cannot be read, and is said to be missing by itself
NOT_READ = {
    "responsible": True,
    "policing_purpose": True,
    "officers": (),
    "others": (),
    "off_record": (),
}
MORE = ("off_record", "hospitality", "officers", "others", "place")


class ContactForm(GovukForm):
    """What is asked of every contact (RULES, Media contacts 2 to 4); nothing is preselected."""

    journalist = forms.CharField(
        label="Journalist",
        max_length=200,
        required=False,
        widget=SuggestInput(
            reverse_lazy("media_contacts:suggest-journalists"), {"data-suggest-fills": "outlet"}
        ),
    )
    outlet = forms.CharField(
        label="Outlet",
        max_length=200,
        required=False,
        widget=SuggestInput(
            reverse_lazy("media_contacts:suggest-outlets"), asks_facts("media_contacts")
        ),
    )
    when = forms.ChoiceField(
        label="When?",
        choices=[("today", "Today"), ("yesterday", "Yesterday"), ("earlier", "Earlier")],
        widget=RadioSelect(small=True, conditional={"earlier": ["contacted_on"]}),
        error_messages={"required": "Say when it was"},
    )
    contacted_on = DateField(label="Date", noun="the date of the contact", past=True)
    contacted_at = TimeField(label="Time", noun="the time of the contact", required=False)
    channel = forms.ChoiceField(
        label="How?",
        choices=blank_first(Channel.choices),
        error_messages={"required": "Say how the contact came about"},
    )
    about = LinesField(
        label="About what?",
        max_length=2000,
        error_messages={"required": "Say what it was about"},
    )
    basis = as_radios(
        "On what basis?",
        Basis.choices,
        required="Say on what basis you spoke",
        reveals={Basis.EMBARGOED: ["embargo_day", "embargo_time", "agreement"]},
    )
    embargo_day = DateField(label="When does the embargo lift?", noun="the day it lifts")
    embargo_time = TimeField(label="At what time?", noun="the time it lifts")
    agreement = UploadField(label="The signed embargo agreement", required=False)
    responsible = yes_or_no(
        "Am I the person responsible for communicating about this?",
        reveals={"no": ["not_responsible_why"]},
    )
    not_responsible_why = few_lines("Why did you speak to them all the same?")
    policing_purpose = yes_or_no("Is there a policing purpose?", reveals={"no": ["no_purpose_why"]})
    no_purpose_why = few_lines("Why was it right to speak to them?")
    press_card = forms.ChoiceField(
        label="Press card seen?",
        choices=blank_first(PRESS_CARDS.items()),
        error_messages={"required": "Say whether you saw a press card"},
    )
    press_office_told = yes_or_no("Press office told?")
    press_card_reason = forms.CharField(
        label="Why was no press card seen?", max_length=200, required=False
    )
    late_reason = few_lines("Why is it logged late?")
    off_record = forms.MultipleChoiceField(
        label="Off the record",
        help_text="It is never a basis. If you tick one, the press office looks at it again.",
        choices=OffRecord.choices,
        required=False,
        widget=CheckboxSelectMultiple(small=True),
    )
    hospitality = forms.MultipleChoiceField(
        label="Was anything offered?",
        help_text="You will be asked to declare it, with what you say here filled in.",
        choices=[("yes", "Something to eat, drink or take")],
        required=False,
        widget=CheckboxSelectMultiple(small=True),
    )
    officers = ColleaguesField(
        label="Others of the force who took part",
        help_text="Names or numbers, with a comma between them. They are told, and need not log it.",
        required=False,
        widget=SuggestInput(
            reverse_lazy("media_contacts:suggest-colleagues"), {"data-suggest-several": "true"}
        ),
    )
    others = SpeakersField(
        label="Other journalists",
        help_text="One to a line: name, outlet.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place = forms.CharField(label="Where", max_length=200, required=False)

    mark_optional = True
    required_by_clean = ("journalist", "outlet", *WHERE_ASKED)
    more: tuple[str, ...] = MORE
    last: tuple[str, ...] = ()

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.kept: Any = None  # the agreement that a contact has already
        cast(ColleaguesField, self.fields["officers"]).reader = by
        if by.force_id is None:
            del self.fields["officers"]
        for field in self.fields.values():  # most labels are questions, which name nothing
            field.error_messages["max_length"] = "Use %(limit_value)d characters or fewer"
        if self.is_bound and self.files:
            again = "Choose the file again: a page with an error cannot keep it."
            self.fields["agreement"].help_text = again

    def is_asked(self, name: str) -> bool:
        """Whether a field that few contacts need is needed by this one."""
        return bool(name in self.data or self.initial.get(name) or self.errors.get(name))

    def get_layout(self) -> Layout:
        asked = [name for name in WHERE_ASKED if self.is_asked(name)]
        more = [name for name in self.more if name in self.fields]
        said_more = any(self[name].value() or self.errors.get(name) for name in more)
        return Layout(
            Beside("journalist", "outlet"),
            Inline("when"),
            Beside("contacted_at", "channel"),
            "about",
            "basis",
            Asked("responsible", "policing_purpose"),
            Beside("press_card", "press_office_told"),
            *asked,
            More(*more, is_open=said_more),
            *self.last,
        )

    def facts(self) -> ContactFacts:
        """What is stated; of a form with errors, what can be read of it, so that all is said at once."""
        data = {**dict.fromkeys(self.fields, ""), **NOT_READ, **self.cleaned_data}
        embargoed = data["basis"] == Basis.EMBARGOED
        whys = (data["not_responsible_why"], data["no_purpose_why"])
        other_card = data["press_card"] == PressCard.OTHER
        return ContactFacts(
            contacted_on=self.day(),
            contacted_at=data["contacted_at"] or None,
            speakers=(Speaker(data["journalist"], data["outlet"]), *data["others"]),
            about=data["about"],
            channel=data["channel"],
            place=data["place"],
            basis=data["basis"],
            embargo_until=self.embargo_until(),
            agreement=(data["agreement"] or self.kept) if embargoed else None,
            off_record=off_record_of(data["off_record"]),
            responsible=data["responsible"],
            policing_purpose=data["policing_purpose"],
            explanation="\n".join(filter(None, whys)),
            press_card=data["press_card"],
            press_card_reason=data["press_card_reason"] if other_card else "",
            press_office_told=data["press_office_told"],
            hospitality=bool(data["hospitality"]),
            officers=data["officers"],
            late_reason=data["late_reason"],
        )

    def day(self) -> date:
        when, other = (self.cleaned_data.get(name) for name in ("when", "contacted_on"))
        return self.today - timedelta(days=1) if when == "yesterday" else other or self.today

    def embargo_until(self) -> datetime | None:
        day, time = (self.cleaned_data.get(name) for name in ("embargo_day", "embargo_time"))
        return timezone.make_aware(datetime.combine(day, time)) if day and time else None

    def show(self, problems: Iterable[Problem]) -> None:
        """Say each problem at the field where it is put right, unless that has one of its own."""
        for problem in problems:
            names = self.fields_of(problem.field)
            if not any(name in self.errors for name in names):
                self.add_error(names[0], problem.sentence)

    def fields_of(self, stated: str) -> Sequence[str]:
        if stated == "explanation":
            said_no = self.cleaned_data.get("responsible") is False
            return ("not_responsible_why",) if said_no else ("no_purpose_why",)
        return {"embargo_until": ("embargo_day", "embargo_time")}.get(stated, (stated,))


class LogForm(ContactForm):
    """A contact logged for the first time, for oneself or for the chief officer one works for."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    subject = forms.ModelChoiceField(
        label="On whose behalf?",
        queryset=User.objects.none(),
        required=False,
        empty_label="My own",
        help_text="They are told, and confirm it.",
    )
    submit_label = "Log it"
    more = (*MORE, "subject")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, initial={"key": uuid4()}, **kwargs)
        chiefs = principals_of(by)
        cast(Any, self.fields["subject"]).queryset = chiefs
        if not chiefs.exists():
            del self.fields["subject"]

    def subject_of(self, otherwise: User) -> User:
        """Whose contact it is."""
        return self.cleaned_data.get("subject") or otherwise


def off_record_of(ticked: Sequence[str]) -> str:
    """That it happened says more than that it was asked for."""
    return next((value for value in (OffRecord.HAPPENED, OffRecord.ASKED) if value in ticked), "")


def principals_of(user: User) -> QuerySet[User]:
    """The chief officers of somebody's force, for whom staff officers log; none for one of them."""
    if user.force_id is None or user.is_chief_officer:
        return User.objects.none()
    today = timezone.localdate()
    chiefs = User.objects.filter(force=user.force_id, grade__is_chief_officer=True)
    serving = chiefs.filter(starts_on__lte=today).exclude(leaves_on__lt=today)
    return serving.select_related("grade", "force", "oversight_body", "unit", "line_manager")

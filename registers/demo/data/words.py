"""Sentences people write: reasons, findings, questions and answers."""

from registers.gifts.enums import Factor

ACCEPTING = (
    "Light refreshments in the course of duty",
    "Low value and a token of thanks",
    "Refusing would have caused offence",
    "Part of an official event or visit",
    "Shared with or passed to others",
    "Accepted for the force",
)
DECLINING = (
    "It could be seen to influence me",
    "It came from a supplier, a bidder or the media",
    "The value was too high",
    "It was alcohol",
    "The policy does not allow it",
    "I did not want it",
)
WEIGHTS = {
    Factor.ACCEPTED: 5,
    Factor.GIFT_TEST: 25,
    Factor.AGAINST_POLICY: 30,
    Factor.HIGH_VALUE: 10,
    Factor.UNKNOWN_VALUE: 5,
    Factor.PROVIDER: 15,
    Factor.REPEATED: 20,
    Factor.ALCOHOL: 5,
    Factor.LATE: 10,
    Factor.CHIEF_OFFICER: 10,
}
CHECKLIST = (
    "Every entry of the period has been read",
    "Late entries have been followed up",
    "Declined offers are recorded as well as accepted ones",
    "Repeated providers have been looked at",
    "Units with no entries have been asked why",
)
LATE = (
    "I was on annual leave and then on a course.",
    "I did not realise that a declined offer had to be recorded.",
    "The invitation was in a mailbox I had stopped using.",
    "Long-term sickness; recorded on my first week back.",
)
SUPERVISOR_FINDINGS = (
    "A token of thanks, properly declared and shared with the team.",
    "Reasonable and in line with the policy. Discussed at our one-to-one.",
    "Low value, openly given, and no continuing relationship with the giver.",
    "I was told on the day. No concern.",
)
ESCALATIONS = (
    "The giver is a witness in a live case, so PSD should look at this.",
    "This is the third from the same business; I would rather PSD decided.",
)
COMPLIANT = (
    "Within the policy and declared in good time. No link with current procurement.",
    "Official event with a policing purpose; hosts and guests are listed publicly.",
    "Declined as the policy expects, and recorded. Nothing further.",
    "Checked against the contracts list: no tender is open with this provider.",
    "Value confirmed with the provider. Acceptance was proportionate.",
)
NOT_COMPLIANT = {
    "advice": (
        "The offer should have been declined: it failed the GIFT test. Words of advice given by phone.",
        "Accepted from a supplier without asking first. Advice given on the policy.",
    ),
    "return": (
        "Above what the policy allows. Please return it with the standard letter.",
        "It came from a bidder. To be sent back, and receipt kept.",
    ),
    "refer": (
        "Repeated, outside work time and not mentioned to the line manager. Referred for investigation.",
    ),
}
QUESTIONS = (
    (
        "value",
        "How did you arrive at the value? Was there a menu or price list?",
        "From the menu on their website.",
    ),
    (
        "provider",
        "Is this the company that holds the maintenance contract?",
        "No, another firm of a similar name.",
    ),
    (
        "circumstances",
        "Who else was there?",
        "Two colleagues and the neighbourhood watch co-ordinator.",
    ),
    ("circumstances", "Were you on duty at the time?", "Yes, for the whole of it, and in uniform."),
    (
        "items",
        "Was wine served, and did you have any?",
        "It was served. I drank water as I was driving.",
    ),
    (
        "offered_on",
        "The invitation says the 4th; which day was it?",
        "It was moved by a day because of the weather.",
    ),
)
TEST_NOTES = (
    "I knew it was not independent, but the event was for the whole partnership.",
    "It was paid for by a supplier; I went because the chief officer lead could not.",
)
RETURNS = (
    "Sent back by tracked post with the standard letter.",
    "Handed back to the account manager.",
)
NOTHING_MORE = (
    "Looked into: the provider makes the same offer to others, and no decision of theirs was asked "
    "for. The finding on the entry stands; nothing is opened."
)

"""The kinds of member and the roles a person can be granted."""

from django.db.models import TextChoices


class MemberType(TextChoices):
    """Who somebody is to the force; each kind declares under its own legal basis (RULES, Business interests 1)."""

    OFFICER = "officer", "Police officer"
    SPECIAL = "special", "Special constable"
    STAFF = "staff", "Police staff"
    VOLUNTEER = "volunteer", "Volunteer"
    CONTRACTOR = "contractor", "Contractor’s employee"
    BODY = "body", "Member or officer of an oversight body"


class RankBand(TextChoices):
    """The groups of ranks and grades by which figures are told apart; a force says which each is in."""

    CHIEF = "chief", "Chief officers"
    SUPERINTENDING = "superintending", "Superintending ranks"
    INSPECTING = "inspecting", "Inspecting ranks"
    CONSTABLES = "constables", "Constables and sergeants"
    OFFICERS = "officers", "Officers of other ranks"
    SPECIALS = "specials", "Special constables"
    STAFF = "staff", "Police staff"
    OTHERS = "others", "Volunteers and contractors"
    BODY = "body", "Members and officers of oversight bodies"


# of whoever has no grade, or one of which the force has not said it
BAND_OF = {
    MemberType.OFFICER: RankBand.OFFICERS,
    MemberType.SPECIAL: RankBand.SPECIALS,
    MemberType.STAFF: RankBand.STAFF,
    MemberType.VOLUNTEER: RankBand.OTHERS,
    MemberType.CONTRACTOR: RankBand.OTHERS,
    MemberType.BODY: RankBand.BODY,
}


class Role(TextChoices):
    """What a person may do beyond declaring; granted with a scope and dates."""

    PSD_REVIEWER = "psd_reviewer", "PSD reviewer"
    PSD_HEAD = "psd_head", "Head of PSD (appropriate officer)"
    REGISTER_OWNER = "register_owner", "Register owner"
    INTEGRITY_LEAD = "integrity_lead", "Senior lead for integrity"
    GOVERNANCE_MEMBER = "governance_member", "Governance member"
    INSPECTOR = "inspector", "Inspector or auditor"
    FORCE_ADMINISTRATOR = "force_administrator", "Force administrator"
    HR = "hr", "HR"
    VETTING = "vetting", "Vetting"
    ACTING_CHIEF_OFFICER = "acting_chief_officer", "Acting head of the force, for appeals"
    PRESS_OFFICE = "press_office", "Press office"
    INVESTIGATION_INSPECTOR = "investigation_inspector", "Inspector of investigations"
    PROCUREMENT = "procurement", "Procurement"


PSD_ROLES = (Role.PSD_REVIEWER, Role.PSD_HEAD)
READING_ROLES = (*PSD_ROLES, Role.REGISTER_OWNER, Role.INSPECTOR)
# Who may know that an investigation exists: PSD, and an inspector by a grant of its own.
CONFIDENTIAL_ROLES = (*PSD_ROLES, Role.INVESTIGATION_INSPECTOR)
# Who reads reference data on the desk, and for whom the desk opens at all.
REFERENCE_ROLES = (*PSD_ROLES, Role.INSPECTOR, Role.FORCE_ADMINISTRATOR)
DESK_ROLES = (
    *REFERENCE_ROLES,
    Role.PRESS_OFFICE,
    Role.INVESTIGATION_INSPECTOR,
    Role.PROCUREMENT,
)
# Roles that read what people declared come from PSD, not from an administrator.
GRANTED_BY_PSD = (
    *READING_ROLES,
    Role.PRESS_OFFICE,
    Role.INVESTIGATION_INSPECTOR,
    Role.PROCUREMENT,
)

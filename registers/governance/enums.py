"""Boards, their meetings and the action plan by name: who sits, what stands where, what can be done."""

from django.db.models import IntegerChoices, TextChoices


class Capacity(TextChoices):
    """The part in which somebody sits on a board (HMIC 2012, p. 32; Thames Valley's subgroup)."""

    CHAIR = "chair", "Chair"
    MEMBER = "member", "Member"
    SECRETARY = "secretary", "Secretary"
    CHIEF_OFFICER = "chief_officer", "Chief officer lead"
    PSD = "psd", "PSD"
    COUNTER_CORRUPTION = "counter_corruption", "Counter-corruption"
    FINANCE = "finance", "Finance"
    PROCUREMENT = "procurement", "Procurement"
    HR = "hr", "HR"
    PRESS_OFFICE = "press_office", "Press office"
    LEGAL = "legal", "Legal services"
    STAFF_ASSOCIATION = "staff_association", "Staff association or union"
    INDEPENDENT = "independent", "Independent member"


class MeetingStatus(TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"


class TaskStatus(TextChoices):
    """Where an action of a meeting or an item of the plan stands."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Report(TextChoices):
    """The published reports whose recommendations and practices are kept."""

    WITHOUT_FEAR_2011 = "without_fear_2011", "HMIC 2011, Without Fear or Favour"
    REVISITING_2012 = "revisiting_2012", "HMIC 2012, Revisiting police relationships"
    BTP_2012 = "btp_2012", "HMIC 2012, British Transport Police"
    LONDON_2012 = "london_2012", "HMIC 2012, City of London"
    THAMES_VALLEY_2012 = "thames_valley_2012", "HMIC 2012, Thames Valley"
    WEST_MERCIA_2012 = "west_mercia_2012", "HMIC 2012, West Mercia"


class Addressee(TextChoices):
    """To whom a recommendation speaks."""

    FORCES = "forces", "Forces"
    BODIES = "bodies", "Oversight bodies"
    FORCES_AND_BODIES = "forces_and_bodies", "Forces and oversight bodies"
    SERVICE = "service", "The police service"
    COLLEGE = "college", "The College of Policing"
    INSPECTORATE = "inspectorate", "The inspectorate"


class Verb(TextChoices):
    """What moves a meeting, an action or an item of the plan."""

    HOLD = "hold", "Record that it was held"
    CLOSE_ACTION = "close-action", "Close the action"
    REOPEN_ACTION = "reopen-action", "Reopen the action"
    CLOSE_ITEM = "close-item", "Close the item"
    REOPEN_ITEM = "reopen-item", "Reopen the item"


# --- health checks, assessments and statements ---------------------------------------------------


class Heading(TextChoices):
    """The eight headings under which HMIC gathered its evidence (HMIC 2012, p. 14)."""

    PUBLIC = "1_public", "Public perceptions of integrity"
    MEDIA = "2_media", "Relationships with the media and others"
    DISCLOSURE = "3_disclosure", "Information disclosure (including social media)"
    GIFTS = "4_gifts", "Gratuities and hospitality"
    PROCUREMENT = "5_buying", "Procurement and contractual relationships"
    INTERESTS = "6_interests", "Secondary business interests and conflict of interest"
    STANDARDS = "7_standards", "Professional standards and proactivity"
    GOVERNANCE = "8_governance", "Governance and oversight"


class HealthScore(IntegerChoices):
    """How far a thing is in place."""

    NOT_IN_PLACE = 0, "Not in place"
    PARTLY = 1, "Partly in place"
    IN_PLACE = 2, "In place"
    CHECKED = 3, "In place and checked"


LOW_SCORES = (HealthScore.NOT_IN_PLACE, HealthScore.PARTLY)


class Guidance(TextChoices):
    """The national documents against which a force's policies are held."""

    GIFTS = "gifts", "ACPO Guidance on Gifts, Gratuities and Hospitality, June 2012"
    INTERESTS = "interests", "ACPO Guidelines on Business Interests, June 2012"
    MEDIA = "media", "ACPO Interim Guidance on Relationships with the Media, April 2012"

    @property
    def letter(self) -> str:
        """With which the numbers of its clauses begin."""
        return {"gifts": "G", "interests": "B", "media": "M"}[self.value]


class Finding(TextChoices):
    """Whether a force's policy does what a clause asks."""

    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "no_part", "Not applicable"


class ThreatKind(TextChoices):
    """To what a post or a unit is exposed."""

    DISCLOSURE = "disclosure", "Information disclosure"
    MEDIA = "media", "Relationships with the media"
    GIFTS = "gifts", "Gratuities and hospitality"
    PROCUREMENT = "procurement", "Procurement and contracts"
    SECOND_JOBS = "second_jobs", "Second jobs and business interests"
    SOCIAL_MEDIA = "social_media", "Social media"
    POST = "post", "Vulnerability of the post"

"""What people do with media contacts in the stories, each through the register's own action."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from integrity.people.models import User
from registers.demo.data import media as said
from registers.demo.world import World
from registers.media_contacts import actions
from registers.media_contacts.enums import Channel, PressCard
from registers.media_contacts.facts import ContactFacts, CoverageFacts, Speaker
from registers.media_contacts.models import Contact


def press_of(world: World, code: str) -> User:
    """The press officer who works a force's contacts."""
    return world[f"press.{code.lower()}"]


def somebody(world: World, code: str, unit: str, grade: str) -> User:
    """The first of a grade in a unit."""
    return next(u for u in world.of_force(code) if u.unit.name == unit and u.grade.short == grade)


def log(
    subject: User,
    at: datetime,
    about: str,
    *speakers: Speaker,
    days_before: int = 0,
    author: User | None = None,
    **fields: Any,
) -> Contact:
    """A reportable call of that morning, unless told."""
    facts = ContactFacts(
        **{
            "contacted_on": timezone.localdate(at) - timedelta(days=days_before),
            "contacted_at": time(9, 40),
            "speakers": speakers,
            "about": about,
            "channel": Channel.PHONE,
            "press_card": PressCard.REMOTE,
            **fields,
        }
    )
    return actions.log(facts=facts, subject=subject, by=author or subject, now=at)


def acknowledge(contact: Contact, by: User, at: datetime) -> Contact:
    return actions.acknowledge(contact, by=by, now=at, version=None)


def ask(contact: Contact, by: User, at: datetime, field: str, text: str) -> Contact:
    return actions.ask(contact, field=field, text=text, by=by, now=at, version=None)


def answer(contact: Contact, by: User, at: datetime, text: str) -> Contact:
    waiting = contact.case.questions.filter(answered_at=None)
    given = {question.pk: text for question in waiting}
    return actions.answer(contact, answers=given, by=by, now=at, version=None)


def agreement() -> SimpleUploadedFile:
    """The signed paper that an embargo needs."""
    return SimpleUploadedFile("embargo-agreement.pdf", said.AGREEMENT, "application/pdf")


def coverage(day: date, headline: str, outlet: str, text: str = "") -> CoverageFacts:
    """Something published, at an address of its outlet's."""
    site = next(each.site for each in said.OUTLETS if each.name == outlet)
    words = "-".join("".join(c for c in headline.lower() if c.isalnum() or c == " ").split())
    return CoverageFacts(
        published_on=day,
        headline=headline,
        outlet=outlet,
        address=f"https://{site}/{day:%Y/%m/%d}/{words}",
        text=text,
    )

"""What the database holds the register of media contacts to, and who may read a contact."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from integrity.casework.enums import Source
from integrity.people.enums import Role
from registers.media_contacts import actions
from registers.media_contacts.enums import PressCard, Status, Verb
from registers.media_contacts.models import (
    ChiefStatement,
    ComplianceSample,
    Contact,
    Coverage,
    CoverageLink,
    Journalist,
    LeakFlag,
    MediaPolicy,
    MeetingItem,
    OtherOfficer,
    Quotation,
    SampledWeek,
)
from registers.media_contacts.names import journalist_of, outlet_of
from tests import builders, contacts
from tests.builders import NOW, World
from tests.constraints import again, change, names_of, refuses
from tests.contacts import COVERAGE, LATER, contact_in, perform

MONDAY = date(2026, 6, 1)
SUNDAY = date(2026, 6, 7)


def policy(w: World) -> MediaPolicy:
    return MediaPolicy.objects.get(department=w.alliance_psd)


def contact(w: World) -> Contact:
    return contacts.log(w.constable)


def embargoed(w: World) -> Contact:
    return contacts.log(w.constable, contacts.embargoed())


def acknowledged(w: World) -> Contact:
    return contact_in(Status.ACKNOWLEDGED, w)


def routed(w: World) -> Contact:
    return contact_in(Status.ROUTED, w)


def together(w: World) -> OtherOfficer:
    return contacts.log(w.constable, officers=(w.colleague.pk,)).other_officers.get()


def journalist(w: World) -> Journalist:
    return journalist_of("Priya Nair", w.alliance_psd)


def coverage(w: World) -> Coverage:
    return actions.add_coverage(facts=COVERAGE, force=w.northmoor, by=w.press_officer, now=NOW)


def link(w: World) -> CoverageLink:
    linked = perform(Verb.LINK_COVERAGE, contact(w), by=w.press_officer)
    return linked.coverage_links.get()


def quotation(w: World) -> Quotation:
    (kept,) = actions.keep_quotations(
        coverage(w), found={w.constable: None}, by=w.press_officer, now=NOW
    )
    return kept


def leak_flag(w: World) -> LeakFlag:
    return actions.flag_coverage(coverage(w), why="Nobody said so.", by=w.press_officer, now=NOW)


def item(w: World) -> MeetingItem:
    return actions.add_meeting_item(
        force=w.northmoor, text="The football", by=w.press_officer, now=NOW
    )


def sample(w: World) -> ComplianceSample:
    return actions.draw_sample(
        force=w.northmoor, starts_on=MONDAY, ends_on=SUNDAY, size=1, by=w.press_officer, now=NOW
    )


def week(w: World) -> SampledWeek:
    return sample(w).weeks.get()


def statement(w: World) -> ChiefStatement:
    return actions.state_quarter(officer=w.chief, quarter=date(2026, 1, 1), by=w.chief, now=NOW)


CASES: dict[str, Callable[[World], object]] = {
    "mediapolicy_has_one_owner": lambda w: change(policy(w), force=w.northmoor),
    "mediapolicy_takes_effect_once_a_day": lambda w: again(policy(w)),
    "media_factor_is_weighed_once": lambda w: again(policy(w).weights.all()[0]),
    "contact_says_what_about": lambda w: change(contact(w), about=""),
    "contact_is_stated_whole": lambda w: change(contact(w), responsible=None),
    "contact_embargo_has_its_end": lambda w: change(contact(w), embargo_until=LATER),
    "contact_embargo_has_its_agreement": lambda w: change(embargoed(w), agreement=None),
    "contact_outside_the_two_questions_says_why": lambda w: change(contact(w), responsible=False),
    "contact_without_press_card_says_why": lambda w: change(contact(w), press_card=PressCard.OTHER),
    "contact_late_says_why": lambda w: change(contact(w), days_late=1),
    "contact_routed_at_with_routed_by": lambda w: change(contact(w), routed_at=NOW),
    "contact_routed_by_somebody": lambda w: change(contact(w), status=Status.ROUTED),
    "contact_acknowledged_at_with_acknowledged_by": lambda w: change(
        contact(w), acknowledged_at=NOW
    ),
    "contact_acknowledged_by_somebody": lambda w: change(contact(w), status=Status.ACKNOWLEDGED),
    "speaker_position_is_taken_once": lambda w: again(contact(w).speakers.get()),
    "speaker_is_a_journalist_or_an_outlet": lambda w: change(
        contact(w).speakers.get(), journalist=None, outlet=None
    ),
    "officer_takes_part_in_a_contact_once": lambda w: again(together(w)),
    "journalist_is_unique_in_department": lambda w: again(journalist(w)),
    "journalist_has_a_name": lambda w: change(journalist(w), key=""),
    "coverage_is_kept_once": lambda w: again(coverage(w)),
    "coverage_has_a_headline": lambda w: change(coverage(w), headline=""),
    "coverage_is_linked_once": lambda w: again(link(w)),
    "quotation_of_somebody_once_in_coverage": lambda w: again(quotation(w)),
    "leak_flag_is_of_a_contact_or_coverage": lambda w: change(leak_flag(w), coverage=None),
    "leak_flag_says_why": lambda w: change(leak_flag(w), why=""),
    "meeting_item_says_something": lambda w: change(item(w), text=""),
    "meeting_item_discussed_at_with_discussed_by": lambda w: change(
        item(w), discussed_at=NOW, result="Done"
    ),
    "meeting_item_discussed_has_a_result": lambda w: change(
        item(w), discussed_at=NOW, discussed_by=w.press_officer
    ),
    "sample_ends_after_it_starts": lambda w: change(sample(w), ends_on=MONDAY - timedelta(days=1)),
    "week_is_sampled_once": lambda w: again(week(w)),
    "sampled_week_starts_on_a_monday": lambda w: change(week(w), starts_on=SUNDAY),
    "sampled_week_checked_at_with_checked_by": lambda w: change(
        week(w), checked_at=NOW, evidence="diary", shown=0, logged=0
    ),
    "sampled_week_is_checked_whole": lambda w: change(week(w), evidence="diary"),
    "chief_officer_states_a_quarter_once": lambda w: again(statement(w)),
    "statement_quarter_is_its_first_day": lambda w: change(statement(w), quarter=date(2026, 1, 2)),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("name", names_of("media_contacts"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("contact_is_stated_whole", {"basis": ""}),
        ("contact_is_stated_whole", {"channel": ""}),
        ("contact_is_stated_whole", {"press_card": ""}),
        ("contact_is_stated_whole", {"policing_purpose": None}),
        ("contact_is_stated_whole", {"press_office_told": None}),
        ("contact_outside_the_two_questions_says_why", {"policing_purpose": False}),
        ("contact_without_press_card_says_why", {"press_card_reason": "Forgot"}),
    ],
)
def test_what_a_contact_lacks_is_refused(
    name: str, values: dict[str, object], world: World
) -> None:
    refuses(name, {name: lambda w: change(contact(w), **values)}, world)


@pytest.mark.usefixtures("media")
def test_an_embargo_without_its_end_is_refused(world: World) -> None:
    name = "contact_embargo_has_its_end"
    refuses(name, {name: lambda w: change(embargoed(w), embargo_until=None)}, world)


@pytest.mark.parametrize("status", [Status.ROUTED, Status.NO_CONTACT])
def test_what_nobody_has_stated_yet_may_be_empty(status: Status, world: World) -> None:
    assert contact_in(status, world).basis == ""


def test_a_legacy_contact_says_what_it_says(world: World) -> None:
    old = contact(world)
    nothing = {"basis": "", "channel": "", "press_card": "", "responsible": None}
    change(old, legacy=True, status=Status.ACKNOWLEDGED, days_late=9, **nothing)
    change(old, policing_purpose=None, press_office_told=None)


# Who reads a contact

READERS = {
    "constable": True,  # whose it is
    "staff_officer": True,  # who typed it
    "colleague": True,  # who was there
    "press_officer": True,
    "press_colleague": True,
    "psd_head": True,
    "other_reviewer": True,
    "register_owner": True,
    "inspector": True,
    "sergeant": False,
    "chief": False,
    "administrator": False,
    "investigation_inspector": False,
    "governance_member": False,
    "harbour_reviewer": False,
    "eastvale_constable": False,
}


def sees(world: World, who: str, found: Contact) -> bool:
    user = builders.read_anew(getattr(world, who))
    return Contact.objects.visible_to(user).filter(pk=found.pk).exists()


def test_who_reads_a_contact(world: World) -> None:
    found = contacts.log(world.constable, by=world.staff_officer, officers=(world.colleague.pk,))
    assert {who: sees(world, who, found) for who in READERS} == READERS


def test_whoever_was_struck_off_no_longer_reads_it(world: World) -> None:
    found = contacts.log(world.constable, officers=(world.colleague.pk,))
    perform(Verb.CORRECT, found, by=world.constable)
    assert not sees(world, "colleague", found)
    assert OtherOfficer.with_struck.get(contact=found).struck


def test_a_member_of_the_body_reads_chief_officers_contacts(world: World) -> None:
    assert sees(world, "governance_member", contacts.log(world.assistant_chief))
    assert not sees(world, "governance_member", contacts.log(world.constable))


def test_the_press_office_of_one_force_reads_that_force_alone(world: World) -> None:
    builders.grant(world.eastvale_constable, Role.PRESS_OFFICE, force=world.eastvale)
    assert not sees(world, "eastvale_constable", contact(world))
    assert not sees(world, "press_officer", contacts.log(world.harbour_constable))


def test_a_contact_is_called_by_its_reference_and_its_matter(world: World) -> None:
    found = contact(world)
    assert str(found) == found.case.reference
    assert found.case.source == Source.DECLARED
    assert found.title == "Bike marking on Saturday, with Priya Nair, Northmoor Gazette"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northmoor Gazette", "northmoor  gazette"),
        ("The Northmoor Gazette Ltd", "Northmoor Gazette Limited"),
    ],
)
def test_an_outlet_is_not_doubled_by_its_spelling(one: str, other: str, world: World) -> None:
    assert outlet_of(one, world.alliance_psd) == outlet_of(other, world.alliance_psd)


@pytest.mark.parametrize("other", ["priya nair", "  Priya   NAIR ", "Priya Nair."])
def test_a_journalist_is_not_doubled_by_their_spelling(other: str, world: World) -> None:
    assert journalist_of("Priya Nair", world.alliance_psd) == journalist_of(
        other, world.alliance_psd
    )
    assert journalist(world).name == "Priya Nair"


def test_departments_keep_their_own_journalists(world: World) -> None:
    ours, theirs = (
        journalist_of("Priya Nair", psd) for psd in (world.alliance_psd, world.harbour_psd)
    )
    assert ours != theirs
    assert list(Journalist.objects.shared_with(world.eastvale_constable)) == [ours]
    assert list(Journalist.objects.shared_with(world.body_member)) == [ours]
    assert list(Journalist.objects.shared_with(world.harbour_constable)) == [theirs]


def test_a_week_says_what_nobody_logged(world: World) -> None:
    checked = SampledWeek(shown=3, logged=1)
    assert checked.missing == 2
    assert SampledWeek(shown=1, logged=3).missing == 0
    assert SampledWeek().missing == 0

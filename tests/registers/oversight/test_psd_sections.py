"""Each register's part of PSD's dashboard against a recount that shares no code with it."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from django.db import connection

from integrity.people.models import User
from registers.business_interests.models import Interest
from registers.gifts.models import Item, Offer
from registers.investigations.models import Investigation
from registers.media_contacts.models import Contact, SampledWeek
from registers.oversight.marks import SHOWN, Mark
from tests import builders, interests
from tests.builders import TODAY, World
from tests.dashboards import dashboard, number, offers_of, row
from tests.oversight import settle


def decision_of(offer: Offer) -> str:
    decisions = [item.decision for item in offer.items.all()]
    if any(each.startswith("accepted") for each in decisions):
        return "Accepted"
    return "Declined" if set(decisions) == {"declined"} else "Not decided yet"


# --- gifts ----------------------------------------------------------------------------------------


def test_offers_are_counted_by_kind_decision_and_lateness(busy_world: World) -> None:
    table = dashboard(busy_world)["gifts-by-kind"]
    for name, hospitality in (("Gifts and gratuities", False), ("Hospitality", True)):
        of = [o for o in offers_of(busy_world)
              if any(i.kind == "hospitality" for i in o.items.all()) == hospitality]  # fmt: skip
        for label, many in Counter(map(decision_of, of)).items():
            assert number(table, name, label) == many
        assert number(table, name, "All") == len(of)
        late = [offer for offer in of if (offer.days_late or 0) > 0]
        assert number(table, name, "of which late") == len(late)
        assert row(table, name)["Share late"].shown == f"{100 * len(late) / len(of):.0f}%"


def test_items_are_counted_by_what_they_are_and_are_worth(busy_world: World) -> None:
    found = dashboard(busy_world)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.kind, i.decision, coalesce(i.value_to, i.value_from) FROM gifts_item i"
            " JOIN gifts_offer o ON o.id = i.offer_id JOIN casework_case c ON c.id = o.case_id"
            " WHERE NOT i.struck AND c.phase <> 'withdrawn' AND c.force_id = ANY (%s)",
            [[busy_world.northmoor.pk, busy_world.eastvale.pk]],
        )
        items = cursor.fetchall()
    gifts = [each for each in items if each[0] == "gift"]
    assert number(found["gifts-by-item"], "Gift", "All") == len(gifts)
    taken = [each for each in gifts if each[1].startswith("accepted")]
    assert number(found["gifts-by-item"], "Gift", "Accepted") == len(taken)
    dear = [worth for _, _, worth in items if worth is not None and worth >= 500]
    assert row(found["gifts-by-value"], "£500 or more")["Pounds in all"].value == sum(dear)
    cheap = [d for _, d, worth in items if worth is not None and worth < 10 and d == "declined"]
    assert number(found["gifts-by-value"], "Under £10", "Declined") == len(cheap)
    assert Item.objects.filter(struck=False).count() >= len(items)


def test_offers_go_along_the_months(busy_world: World) -> None:
    table = dashboard(busy_world)["gifts-by-time"]
    months = Counter(f"{o.case.claimed_on:%b %Y}" for o in offers_of(busy_world))
    for each in table.rows:
        counted = [cell.value for cell in each[1:]]
        assert sum(n for n in counted if isinstance(n, int)) == months[each[0].shown]
    assert table.chart is not None


def test_providers_decisions_and_peer_reviews(busy_world: World) -> None:
    found = dashboard(busy_world)
    charity = [o for o in offers_of(busy_world) if o.provider_kind == "charity"]
    assert number(found["gifts-by-provider"], "Charity", "All") == len(charity) == 1
    assert number(found["gifts-decided"], "Compliant", "PSD") == 1
    assert number(found["gifts-decided"], "Not compliant", "PSD") == 1
    views = {each[0].shown: each[1].value for each in found["gifts-peer-reviews"].rows}
    assert sum(n for n in views.values() if isinstance(n, int)) == 1


# --- second jobs ----------------------------------------------------------------------------------


def test_applications_are_counted_by_what_was_decided_first(busy_world: World) -> None:
    found = dashboard(busy_world)
    table = found["interests-by-outcome"]
    notices = {
        interest: interest.notices.order_by("pk").first()
        for interest in Interest.objects.filter(case__force=busy_world.northmoor)
    }
    expected = Counter(notice.outcome if notice else "pending" for notice in notices.values())
    labels = {
        "approved": "Approved", "approved_with_conditions": "With conditions",
        "refused": "Refused", "pending": "Not decided yet",
    }  # fmt: skip
    assert set(expected) == set(labels)
    for value, label in labels.items():
        assert number(table, label, "Applications") == expected[value]
        assert row(table, label)["Share"].shown == f"{100 * expected[value] / len(notices):.0f}%"
    waged = found["interests-by-category"]
    assert number(waged, "Waged employment", "All") == len(notices)
    received = [each[1].value for each in found["interests-by-time"].rows]
    assert sum(n for n in received if isinstance(n, int)) == len(notices)


def test_what_was_kept_to_is_counted_and_what_is_overdue_today(busy_world: World) -> None:
    found = dashboard(busy_world)
    against = found["interests-against-guidance"]
    assert [(each[0].shown, each[1].value) for each in against.rows] == [("Door supervision", 1)]
    assert number(found["interests-checks"], "Kept", "Checks") == 1
    assert number(found["interests-follow-ups"], "They are not doing it", "Follow-ups") == 1
    assert number(found["interests-appeals"], "Open", "Appeals") == 1
    assert number(found["interests-ceased"], "The person stopped", "Interests") == 1
    for slug in ("interests-reviews", "interests-checks", "interests-follow-ups"):
        assert found[slug].rows[-1][-1].value == 0
    in_a_year = TODAY + timedelta(days=366)
    then = dashboard(busy_world, today=in_a_year)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM business_interests_condition"
            "         WHERE ended_at IS NULL AND NOT to_confirm AND next_check_on < %s),"
            "       (SELECT count(*) FROM business_interests_followup"
            "         WHERE done_at IS NULL AND dropped_at IS NULL AND due_on < %s)",
            [in_a_year, in_a_year],
        )
        checks, follow_ups = cursor.fetchone()
    assert min(checks, follow_ups) > 0
    assert number(then["interests-checks"], "Overdue today", "Checks") == checks
    assert number(then["interests-follow-ups"], "Overdue today", "Follow-ups") == follow_ups


def test_a_review_is_in_time_or_late(busy_world: World) -> None:
    interest = interests.interest_in(
        interests.Status.APPROVED, busy_world, hours_a_week=Decimal("0.5")
    )
    psd, holder = busy_world.other_reviewer, busy_world.constable
    for verb, by in (
        (interests.Verb.OPEN_REVIEW, psd),
        (interests.Verb.ANSWER_REVIEW, holder),
        (interests.Verb.RENEW, psd),
    ):
        interest = interests.perform(verb, interest, by=by, in_world=busy_world)
    settle()
    table = dashboard(busy_world)["interests-reviews"]
    assert number(table, "Renewed", "In time") == 1
    assert row(table, "Renewed")["Late"].shown == SHOWN[Mark.ZERO]


# --- the media ------------------------------------------------------------------------------------


def test_contacts_are_counted_as_they_were_logged_and_acknowledged(busy_world: World) -> None:
    found = dashboard(busy_world)
    contacts = Contact.objects.filter(status__in=("logged", "queried", "acknowledged"))
    told = Counter(contact.press_office_told for contact in contacts)
    press = found["media-press-office"]
    for label, value in (("Press office told", True), ("Outside the press office", False)):
        shown = row(press, label)["Contacts"]
        assert shown.value == told[value]
    by_time = found["media-by-time"].rows
    acknowledged = sum(each[1].value for each in by_time if isinstance(each[1].value, int))
    assert acknowledged == contacts.filter(status="acknowledged").count() == 2


def test_samples_say_how_many_contacts_nobody_had_logged(busy_world: World) -> None:
    table = dashboard(busy_world)["media-samples"]
    weeks = list(SampledWeek.objects.all())
    missing = [w.missing for w in weeks if w.missing]
    assert number(table, "Weeks of people drawn at random", "Number") == len(weeks) == 3
    assert number(table, "of which not checked yet", "Number") == 2
    assert number(table, "of which a contact was missing", "Number") == len(missing) == 1
    assert number(table, "Contacts that nobody had logged", "Number") == sum(missing)


# --- investigations -------------------------------------------------------------------------------


def test_investigations_are_counted_by_what_they_are_about(busy_world: World) -> None:
    found = dashboard(busy_world)
    table = found["investigations-by-category"]
    expected = Counter(each.category for each in Investigation.objects.all())
    assert number(table, "Not categorised", "All") == expected[""] == 1
    assert number(table, "Disclosure of information", "All") == expected["disclosure"] == 2
    criminals = "Disclosure of information: to criminals"
    assert number(table, criminals, "Continuing") == 1
    assert number(table, criminals, "Referred to an external body") == 1
    assert number(table, "Social media", "All") == 1
    assert number(table, "All", "All") == sum(expected.values())
    suspended = found["investigations-restrictions"]
    assert number(suspended, "Restricted duties", "Begun in the period") == 1
    assert number(suspended, "Restricted duties", "Running today") == 1
    assert number(found["investigations-external"], "Disclosure of information", "Referrals") == 1
    closed = [each[2].value for each in found["investigations-by-time"].rows]
    assert sum(closed) == 1


def test_nobody_counts_an_investigation_about_somebody_they_manage(busy_world: World) -> None:
    subject = builders.read_anew(busy_world.constable)
    User.objects.filter(pk=subject.pk).update(line_manager=busy_world.reviewer)
    found = dashboard(busy_world)
    table = found["investigations-by-category"]
    assert row(table, "All")["All"].shown == SHOWN[Mark.ZERO]
    assert not any("investigation" in each[0].shown.lower() and each[-1].value
                   for each in found["work-queues"].rows)  # fmt: skip

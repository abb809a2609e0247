"""What the database holds an investigation to, and who may know that one exists."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from integrity.audit import guard
from integrity.audit.scope import nowhere
from integrity.casework import actions as casework
from integrity.casework.enums import ReferralSource
from integrity.casework.models import Case, CaseLink, Deadline, Decision, Notice, Referral
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.people.scope import of_person
from registers.investigations import actions
from registers.investigations.actions.concerns import send_concern
from registers.investigations.enums import Category, Status, SubCategory, Verb
from registers.investigations.models import (
    Concern,
    ExternalReferral,
    Investigation,
    InvestigationPolicy,
    InvestigationWeight,
    Lead,
    Restriction,
    SocialMediaPost,
    waiting_referrals,
)
from tests import builders
from tests.builders import NOW, TODAY, YESTERDAY, World, declare
from tests.constraints import again, change, names_of, refuses
from tests.investigations import fresh, investigation_in, open_one, perform, refer


def policy(w: World) -> InvestigationPolicy:
    return InvestigationPolicy.objects.get(department=w.alliance_psd)


def restriction(w: World) -> Restriction:
    made = perform(Verb.SUSPEND, open_one(w), by=w.reviewer, in_world=w)
    return made.restrictions.get()


def away(w: World) -> ExternalReferral:
    return investigation_in(Status.REFERRED, w).external_referrals.get()


def post(w: World) -> SocialMediaPost:
    return perform(Verb.RECORD_POST, open_one(w), by=w.reviewer, in_world=w).posts.get()


def lead(w: World) -> Lead:
    return open_one(w, referrals=[refer(w)]).leads.get()


def message(w: World) -> Model:
    send_concern(force=w.northmoor, text="Look at the stores.", now=NOW)
    return Concern.objects.get().messages.get()


ENDED = {"ended_at": NOW, "to_on": TODAY}

CASES: dict[str, Callable[[World], object]] = {
    "investigationpolicy_has_one_owner": lambda w: change(policy(w), force=w.northmoor),
    "investigationpolicy_takes_effect_once_a_day": lambda w: again(policy(w)),
    "investigation_factor_is_weighed_once": lambda w: again(policy(w).weights.all()[0]),
    "investigation_says_what_about": lambda w: change(open_one(w), title=""),
    "investigation_kind_is_one_of_its_category": lambda w: change(
        open_one(w), category=Category.GRATUITIES, sub_category=SubCategory.CRIMINALS
    ),
    "investigation_closed_says_how_and_when": lambda w: change(open_one(w), status=Status.CLOSED),
    "investigation_lessons_are_of_a_closed_one": lambda w: change(open_one(w), lessons="Ask."),
    "investigation_opened_once": lambda w: change(
        open_one(w), idempotency_key=open_one(w, idempotency_key=uuid4()).idempotency_key
    ),
    "restriction_of_a_kind_runs_once": lambda w: again(restriction(w)),
    "restriction_ended_says_when_and_by_whom": lambda w: change(restriction(w), **ENDED),
    "restriction_ends_after_it_begins": lambda w: change(
        restriction(w), **{**ENDED, "to_on": YESTERDAY}, ended_by=w.reviewer
    ),
    "external_referral_to_one_body_at_a_time": lambda w: again(away(w)),
    "external_referral_says_to_whom": lambda w: change(away(w), body=""),
    "external_referral_returned_says_when_and_by_whom": lambda w: change(
        away(w), returned_on=TODAY
    ),
    "external_referral_returns_after_it_went": lambda w: change(
        away(w), returned_on=YESTERDAY, returned_at=NOW, returned_by=w.reviewer
    ),
    "post_says_which_account": lambda w: change(post(w), account=""),
    "post_is_looked_at_until_it_is_gone": lambda w: change(post(w), next_check_on=None),
    "post_goes_after_it_was_found": lambda w: change(
        post(w), next_check_on=None, gone_on=YESTERDAY - timedelta(days=1)
    ),
    "lead_belongs_to_force_or_oversight_body": lambda w: change(lead(w), force=None),
    "lead_is_taken_or_set_aside_and_why": lambda w: change(lead(w), set_aside_because="No."),
    "concern_message_names_nobody_but_psd": lambda w: change(message(w), by=w.reviewer),
    "concern_message_says_something": lambda w: change(message(w), text=""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", names_of("investigations"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("", SubCategory.CRIMINALS),
        (Category.MEDIA_RELATIONSHIP, SubCategory.CRIMINALS),
        (Category.MEDIA_RELATIONSHIP, SubCategory.OTHERS),
        (Category.SOCIAL_MEDIA, SubCategory.NATIONAL_MEDIA),
        (Category.SECONDARY_EMPLOYMENT, SubCategory.PERSONAL_USE),
    ],
)
def test_a_kind_of_another_category_is_refused(category: str, kind: str, world: World) -> None:
    name = "investigation_kind_is_one_of_its_category"
    refuses(
        name,
        {name: lambda w: change(open_one(w), category=category, sub_category=kind)},
        world,
    )


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "advice"},
        {"outcome_on": TODAY},
        {"outcome": "advice", "outcome_on": TODAY},
        {"status": Status.CLOSED, "outcome": "advice"},
        {"status": Status.CLOSED, "outcome_on": TODAY},
    ],
)
def test_an_outcome_and_its_date_are_those_of_a_closed_one(
    values: dict[str, Any], world: World
) -> None:
    name = "investigation_closed_says_how_and_when"
    refuses(name, {name: lambda w: change(open_one(w), **values)}, world)


# --- who may know ---------------------------------------------------------------------------------


def readers(investigation: Investigation, world: World) -> set[str]:
    return {
        name
        for name, user in world.people().items()
        if Investigation.objects.visible_to(builders.read_anew(user))
        .filter(pk=investigation.pk)
        .exists()
    }


PSD = {"psd_head", "reviewer", "other_reviewer"}
INSPECTOR = {"investigation_inspector"}  # by a grant of its own


def test_psd_alone_knows_and_an_inspector_by_a_grant_of_its_own(world: World) -> None:
    for status in Status:
        assert readers(investigation_in(status, world), world) == PSD | INSPECTOR


def test_one_of_nobody_known_shows_to_all_of_psd(world: World) -> None:
    assert readers(open_one(world, subject=None), world) == PSD | INSPECTOR


def test_an_inspector_knows_those_of_the_force_they_inspect(world: World) -> None:
    elsewhere = open_one(
        world, subject=world.eastvale_constable, home=world.eastvale, by=world.reviewer
    )
    assert readers(elsewhere, world) == PSD


def test_a_subject_in_psd_and_whoever_manages_them_there_know_nothing(world: World) -> None:
    of_reviewer = open_one(world, subject=world.reviewer)
    assert world.reviewer.line_manager == world.psd_head
    assert readers(of_reviewer, world) == {"other_reviewer"} | INSPECTOR


def test_whoever_managed_the_subject_at_the_opening_goes_on_knowing_nothing(world: World) -> None:
    of_reviewer = open_one(world, subject=world.reviewer)
    change(world.reviewer, line_manager=world.deputy_chief)
    assert readers(of_reviewer, world) == {"other_reviewer"} | INSPECTOR
    later = open_one(world, subject=builders.read_anew(world.reviewer))
    assert "psd_head" in readers(later, world)
    change(world.reviewer, line_manager=world.psd_head)
    assert "psd_head" not in readers(later, world)


def test_the_chief_s_goes_to_the_outside_decider_too(world: World) -> None:
    change(world.northmoor, outside_department=world.harbour_psd)
    made = open_one(world, subject=builders.read_anew(world.chief))
    assert made.case.with_outside_decider
    assert readers(made, world) == PSD | INSPECTOR | {"harbour_reviewer"}
    assert "harbour_reviewer" not in readers(open_one(world), world)


def test_a_body_s_own_shows_to_its_own_psd(world: World) -> None:
    made = open_one(world, subject=world.body_member, home=world.body, by=world.psd_head)
    assert readers(made, world) == {"psd_head"}


def test_no_case_query_of_the_platform_finds_one(world: World) -> None:
    made = open_one(world)
    for user in world.people().values():
        user = builders.read_anew(user)
        for found in (
            Case.objects.own(user),
            Case.objects.visible_to(user),
            Case.objects.in_scope(user, *Role.values),
        ):
            assert made.case not in found


def test_referrals_wait_for_psd_but_not_for_whom_they_are_about(world: World) -> None:
    about_reviewer = refer(world, person=world.reviewer)
    of_entry = casework.refer(
        declare(world.reviewer).case,
        source=ReferralSource.CROSS_CHECK,
        about="Twice",
        reason="See there.",
        by=world.other_reviewer,
        now=NOW,
    )
    nobody = refer(world)
    done = refer(world)
    actions.set_aside(done, reason="It was in the paper before.", by=world.reviewer, now=NOW)

    def waiting(user: User) -> set[Referral]:
        return set(waiting_referrals(builders.read_anew(user)))

    assert waiting(world.other_reviewer) == {about_reviewer, of_entry, nobody}
    assert waiting(world.reviewer) == {nobody}
    assert waiting(world.psd_head) == {nobody}, "who manages the reviewer"
    assert waiting(world.investigation_inspector) == {about_reviewer, of_entry, nobody}
    for name in ("administrator", "inspector", "chief", "press_officer", "harbour_reviewer"):
        assert waiting(getattr(world, name)) == set()


# --- row-level security ---------------------------------------------------------------------------

# But for policies and for counts of visitors, which are of no investigation and no concern.
TABLES: list[type[Model]] = [
    model
    for model in apps.get_app_config("investigations").get_models()
    if model not in (InvestigationPolicy, InvestigationWeight) and guard.Table(model).is_scoped
]


@pytest.fixture
def full(world: World) -> Investigation:
    """One investigation with a row in each table, one of them a concern’s."""
    send_concern(force=world.northmoor, text="Look at the stores.", now=NOW)
    concern = Concern.objects.get()
    entry = declare(world.constable)
    referral = casework.refer(
        entry.case,
        source=ReferralSource.CROSS_CHECK,
        about="Stores",
        reason="Twice",
        by=world.reviewer,
        now=NOW,
    )
    by = world.other_reviewer
    made = open_one(world, referrals=[referral, concern.referral])
    for verb in (Verb.SUSPEND, Verb.RECORD_POST, Verb.RECHECK):
        made = perform(verb, made, by=by, in_world=world)
    made = perform(Verb.ASSIGN, made, by=world.psd_head, in_world=world)
    for verb in (Verb.REFER_OUT, Verb.CLOSE):
        made = perform(verb, made, by=by, in_world=world)
    return made


def rows_seen(investigation: Investigation) -> dict[str, int]:
    """What the database shows of it to the transaction: every table, and the platform’s."""
    case = {"case": investigation.case_id}
    platform: list[tuple[type[Model], dict[str, Any]]] = [
        (Case, {"pk": investigation.case_id}),
        (CaseLink, case),
        (Deadline, case),
        (Decision, case),
        (Notice, case),
    ]
    found = {model.__name__: model._default_manager.filter(**of).count() for model, of in platform}
    return found | {model.__name__: model._default_manager.count() for model in TABLES}


def test_the_database_shows_every_table_to_psd_and_inspectors_by_grant(
    full: Investigation, world: World
) -> None:
    for name in PSD | INSPECTOR:
        with of_person(getattr(world, name).pk, today=TODAY):
            found = rows_seen(full)
        assert all(found.values()), (name, found)


def test_the_database_shows_nobody_else_a_row(full: Investigation, world: World) -> None:
    for name in world.people().keys() - PSD - INSPECTOR:
        with of_person(getattr(world, name).pk, today=TODAY):
            found = rows_seen(full)
            assert not Investigation.objects.exists()
        assert not any(found.values()), (name, found)
    with nowhere():
        assert not any(rows_seen(full).values())


def test_the_ledger_shows_its_content_where_it_shows_the_rows(
    full: Investigation, world: World
) -> None:
    actions.set_aside(refer(world), reason="No.", by=world.reviewer, now=NOW)
    tables = [f'"{model._meta.db_table}"' for model in TABLES]
    secret = (*tables, full.title, full.case.reference, "set aside", "investigation opened")

    def betrayed() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM audit_payload WHERE body ILIKE ANY(%s)",
                [[f"%{word}%" for word in secret]],
            )
            (found,) = cursor.fetchone()
            return int(found)

    for name in PSD | INSPECTOR:
        with of_person(getattr(world, name).pk, today=TODAY):
            assert betrayed() > 20, name
    for name in world.people().keys() - PSD - INSPECTOR:
        with of_person(getattr(world, name).pk, today=TODAY):
            assert betrayed() == 0, name


def test_every_table_of_the_register_is_confidential_or_lies_within_one_that_is() -> None:
    for model in TABLES:
        table = guard.Table(model)
        while table.parent is not None:
            table = guard.Table(table.parent.related_model)
        assert table.protection.confidential, model.__name__


def test_psd_works_within_what_row_level_security_lets_it_write(world: World) -> None:
    """The whole life of one, as ``app`` within a reviewer’s own reach."""
    entry = declare(world.constable)
    by = builders.read_anew(world.other_reviewer)
    with of_person(by.pk, today=TODAY):
        referral = casework.refer(
            entry.case,
            source=ReferralSource.CROSS_CHECK,
            about="It",
            reason="Twice",
            by=by,
            now=NOW,
        )
        made = open_one(world, by=by, referrals=[referral], idempotency_key=uuid4())
        waiting = refer(world, by=by)
        for verb in (
            Verb.ASSIGN,
            Verb.CLASSIFY,
            Verb.ASSESS,
            Verb.ADD_REFERRAL,
            Verb.SUSPEND,
            Verb.END_RESTRICTION,
            Verb.IDENTIFY,
            Verb.REFER_OUT,
            Verb.RETURN,
            Verb.RECORD_POST,
            Verb.RECHECK,
            Verb.CLOSE,
            Verb.REOPEN,
        ):
            made = perform(verb, made, by=by, in_world=world)
        assert waiting.lead.investigation == made
        assert made.status == Status.CONTINUING


# --- words and queries ----------------------------------------------------------------------------


def test_things_are_written_in_words(world: World) -> None:
    made = open_one(world, category=Category.DISCLOSURE, sub_category=SubCategory.CRIMINALS)
    assert str(made) == made.case.reference
    assert made.case.reference.startswith("IN-2026-")
    assert made.kind_label == "Disclosure of information: To criminals"
    assert open_one(world).kind_label == ""
    assert str(restriction(world)) == "Restricted duties from 15 June 2026"
    assert str(away(world)) == "IOPC, 15 June 2026"
    seen = post(world)
    assert str(seen) == "@constable on X (Twitter)"
    perform(Verb.RECHECK, fresh(seen.investigation), by=world.reviewer, in_world=world)
    assert str(seen.checks.get()) == "@constable on X (Twitter), 15 June 2026"
    assert str(lead(world)) == "Referral by a person: The paper knew of a raid beforehand"
    sent = message(world)
    assert str(sent) == "Sender, 15 June 2026"
    assert str(Concern.objects.get()) == "Concern of 15 June 2026"
    weight = InvestigationWeight.objects.get(policy=policy(world), factor="harm")
    assert str(weight) == "Somebody may come to harm: 50"


def test_a_list_and_a_page_take_as_many_queries_for_ten_as_for_one(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    def add() -> None:
        made = open_one(world, referrals=[refer(world)])
        for verb in (Verb.SUSPEND, Verb.RECORD_POST, Verb.RECHECK, Verb.REFER_OUT):
            made = perform(verb, made, by=world.other_reviewer, in_world=world)

    def lines() -> list[object]:
        listed = Investigation.objects.visible_to(world.reviewer).for_lists()
        return [(each.title, each.standing, str(each.case.subject)) for each in listed]

    def pages() -> list[object]:
        return [
            (
                each.case.scope_name,
                each.opened_by.display,
                [r.set_by.display for r in each.restrictions.all()],
                [e.made_by.display for e in each.external_referrals.all()],
                [c.checked_by.display for p in each.posts.all() for c in p.checks.all()],
                [(str(lead.referral), lead.dealt_by.display) for lead in each.leads.all()],
            )
            for each in Investigation.objects.visible_to(world.reviewer).with_all()
        ]

    world.reviewer.grants()
    add()
    for number in (1, 10):
        with django_assert_num_queries(1):
            assert len(lines()) == number
        with django_assert_num_queries(13):
            assert len(pages()) == number
        for _ in range(9):
            add()

"""The PSD desk: for whom it opens, what each may see and keep, and that keeping it leaves its events."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.desk import desk, unsent_notices
from integrity.casework.models import ChecklistItem, Notice
from integrity.people import actions as people
from integrity.people.enums import Role
from integrity.people.models import Force, Grade, RoleGrant, Unit, User
from registers.gifts.models import GiftPolicy, SupplierNotice
from registers.organisations.actions import find_or_create
from registers.organisations.models import Organisation
from tests.builders import START, World, declare, gift_policy, grant, item, person, read_anew

TODAY = timezone.localdate()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(read_anew(user), backend="integrity.people.backends.ServingMemberBackend")
    return client


def change_url(row: Model) -> str:
    return reverse(f"psd:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def add_url(model: type[Model]) -> str:
    return reverse(f"psd:{model._meta.app_label}_{model._meta.model_name}_add")


def list_url(model: type[Model]) -> str:
    return reverse(f"psd:{model._meta.app_label}_{model._meta.model_name}_changelist")


def words(response: Any) -> str:
    return response.content.decode()


REFERENCE = (
    Force,
    Unit,
    Grade,
    User,
    RoleGrant,
    Organisation,
    GiftPolicy,
    SupplierNotice,
    ChecklistItem,
)


def test_admin_checks_pass() -> None:
    assert reverse("psd:index") == "/psd/"
    assert desk.check(None) == []


def test_anonymous_is_sent_to_the_sites_own_sign_in(db: None) -> None:
    wanted = list_url(User)
    response = Client().get(wanted, follow=True)
    url, _ = response.redirect_chain[-1]
    assert url == f"{reverse('people:sign-in')}?next={wanted}"


@pytest.mark.parametrize("who", ["constable", "register_owner", "governance_member"])
def test_without_a_role_of_the_desk_there_is_none(world: World, who: str) -> None:
    client = signed_in(getattr(world, who))
    for url in (reverse("psd:index"), list_url(User), list_url(GiftPolicy), "/psd/gifts/offer/"):
        assert client.get(url).status_code == 404, url


@pytest.mark.parametrize("who", ["psd_head", "reviewer", "inspector", "administrator"])
def test_every_list_opens_for_the_desk(world: World, who: str) -> None:
    client = signed_in(getattr(world, who))
    assert client.get(reverse("psd:index")).status_code == 200
    for model in REFERENCE:
        assert client.get(list_url(model)).status_code == 200, model


@pytest.mark.parametrize(
    ("who", "of_the_body"),
    [
        ("psd_head", None), ("inspector", None), ("press_officer", None),
        ("procurement_officer", None), ("body_member", Role.PSD_HEAD),
        ("body_member", Role.INSPECTOR), ("inspector", Role.PSD_HEAD),
    ],
)  # fmt: skip
def test_everything_that_the_first_page_leads_to_opens(
    world: World, who: str, of_the_body: Role | None
) -> None:
    """Also for who heads a body’s standards, and so has a role of the desk in no force."""
    user = getattr(world, who)
    if of_the_body:
        grant(user, of_the_body, oversight_body=world.body)
    client = signed_in(user)
    page = words(client.get(reverse("psd:index")))
    links = sorted(set(re.findall(r'href="(/psd/[^"]*)"', page)))
    assert len(links) > 3
    answers = {link: client.get(unescape(link), follow=True).status_code for link in links}
    assert {link: code for link, code in answers.items() if code != 200} == {}


def test_who_heads_no_force_is_offered_no_import_and_no_pack(world: World) -> None:
    grant(world.body_member, Role.PSD_HEAD, oversight_body=world.body)
    client = signed_in(world.body_member)
    page = words(client.get(reverse("psd:index")))
    for name in ("import_gifts", "import_contracts", "meeting-pack", "organisations-suggestions"):
        assert reverse(f"psd:{name}") not in page
        assert client.get(reverse(f"psd:{name}")).status_code == 404
        assert reverse(f"psd:{name}") in words(
            signed_in(world.psd_head).get(reverse("psd:index"))
        ), name


@pytest.mark.parametrize("who", ["inspector", "reviewer"])
def test_readers_change_no_reference_data(world: World, who: str) -> None:
    client = signed_in(getattr(world, who))
    for row in (world.patrol, world.constable, world.policy, world.northmoor):
        assert client.get(change_url(row)).status_code == 200
        assert client.post(change_url(row), {}).status_code == 403
    for model in REFERENCE:
        assert client.get(add_url(model)).status_code == 403, model


def test_other_forces_rows_are_not_found(world: World) -> None:
    client = signed_in(world.administrator)
    harbour = find_or_create(name="Quay Traders", department=world.harbour_psd)
    rows = (
        world.harbour,
        world.harbour_constable.unit,
        world.harbour_constable,
        world.harbour_policy,
        world.harbour_reviewer.role_grants.get(),
        harbour,
    )
    for row in rows:
        assert client.get(change_url(row)).status_code == 404, row
        assert client.post(change_url(row), {}).status_code == 404, row


def test_nothing_is_deleted(world: World) -> None:
    client = signed_in(world.psd_head)
    for row in (world.patrol, world.constable, world.policy):
        label = f"psd:{row._meta.app_label}_{row._meta.model_name}_delete"
        assert client.post(reverse(label, args=[row.pk]), {"post": "yes"}).status_code == 403


def test_choices_are_of_the_keepers_own_force(world: World) -> None:
    page = words(signed_in(world.administrator).get(add_url(Unit)))
    assert "Northmoor Police" in page
    assert "Harbour Police" not in page


def test_a_unit_added_leaves_an_event_and_no_django_log(world: World) -> None:
    client = signed_in(world.administrator)
    data = {"force": world.northmoor.pk, "name": "Dogs"}
    assert client.post(add_url(Unit), data).status_code == 302
    event = Event.objects.get(name="unit added")
    assert (event.actor_id, event.about_id) == (
        world.administrator.pk,
        Unit.objects.get(name="Dogs").pk,
    )
    from django.contrib.admin.models import LogEntry

    assert not LogEntry.objects.exists()
    history = reverse("psd:people_unit_history", args=[event.about_id])
    assert "Unit added" in words(client.get(history))


def test_a_unit_of_another_force_is_refused(world: World) -> None:
    client = signed_in(world.administrator)
    response = client.post(add_url(Unit), {"force": world.harbour.pk, "name": "Dogs"})
    assert response.status_code == 200
    assert not Unit.objects.filter(name="Dogs").exists()


def person_data(user: User, **changes: Any) -> dict[str, Any]:
    names = (
        "username",
        "number",
        "first_name",
        "last_name",
        "email",
        "member_type",
        "force",
        "oversight_body",
        "grade",
        "unit",
        "line_manager",
        "starts_on",
        "leaves_on",
    )
    data = {name: getattr(user, name) for name in names}
    plain = {k: getattr(v, "pk", v) for k, v in data.items() if v not in (None, "")}
    return {**plain, "password1": "", "password2": "", **changes}


def test_a_person_changed_leaves_what_changed(world: World) -> None:
    client = signed_in(world.administrator)
    data = person_data(world.constable, last_name="Renamed")
    assert client.post(change_url(world.constable), data).status_code == 302
    event = Event.objects.get(name="person changed")
    assert event.facts == {"last_name": ["Constable", "Renamed"]}
    assert read_anew(world.constable).last_name == "Renamed"
    page = client.get(reverse("psd:people_user_history", args=[world.constable.pk]))
    assert "Person changed" in words(page)


def test_a_person_added_signs_in_with_a_one_time_password(world: World) -> None:
    client = signed_in(world.administrator)
    data = person_data(world.constable, username="new.person", number="N9999")
    weak = client.post(add_url(User), {**data, "password1": "password", "password2": "password"})
    assert "too common" in words(weak)
    none = client.post(add_url(User), data)
    assert "Enter a one-time password." in words(none)
    good = {"password1": "lantern-orchid-42", "password2": "lantern-orchid-42"}
    assert client.post(add_url(User), {**data, **good}).status_code == 302
    assert User.objects.get(username="new.person").check_password("lantern-orchid-42")
    assert Event.objects.filter(name="person added", audience="psd").count() == 1


def test_an_administrator_cannot_take_over_psds_accounts(world: World) -> None:
    """Setting a reviewer's password would open every case; so it asks for the head of PSD."""
    new = {"password1": "lantern-orchid-42", "password2": "lantern-orchid-42"}
    data = person_data(world.reviewer, **new)
    response = signed_in(world.administrator).post(change_url(world.reviewer), data)
    assert "is granted by the Head of PSD" in words(response)
    assert signed_in(world.psd_head).post(change_url(world.reviewer), data).status_code == 302
    assert Event.objects.filter(name="one-time password set").count() == 1


def grant_data(user: User, role: Role, **details: Any) -> dict[str, Any]:
    return {"user": user.pk, "role": role, "starts_on": TODAY, **details}


@pytest.mark.parametrize(
    ("who", "to", "role", "scope", "sentence"),
    [
        (
            "administrator",
            "constable",
            Role.REGISTER_OWNER,
            "force",
            "is granted by the Head of PSD",
        ),
        ("administrator", "constable", Role.PSD_REVIEWER, "force", "is granted by the Head of PSD"),
        ("administrator", "administrator", Role.INTEGRITY_LEAD, "force", "to yourself"),
        ("psd_head", "psd_head", Role.FORCE_ADMINISTRATOR, "force", "to yourself"),
        ("administrator", "chief", Role.INTEGRITY_LEAD, "department", "every force or body"),
        ("administrator", "constable", Role.INTEGRITY_LEAD, "", "Choose one force"),
    ],
)
def test_a_grant_refused_says_why(
    world: World, who: str, to: str, role: Role, scope: str, sentence: str
) -> None:
    where = {"force": world.northmoor.pk, "department": world.alliance_psd.pk}
    data = grant_data(getattr(world, to), role, **({scope: where[scope]} if scope else {}))
    before = RoleGrant.objects.count()
    response = signed_in(getattr(world, who)).post(add_url(RoleGrant), data)
    assert sentence in words(response)
    assert RoleGrant.objects.count() == before


def test_a_role_is_granted_and_ended(world: World) -> None:
    client = signed_in(world.psd_head)
    data = grant_data(world.colleague, Role.PSD_REVIEWER, force=world.northmoor.pk)
    assert client.post(add_url(RoleGrant), data).status_code == 302
    granted = RoleGrant.objects.get(user=world.colleague)
    event = Event.objects.get(name="role granted")
    assert (event.about, event.about_id) == ("person", world.colleague.pk)
    assert client.post(change_url(granted), {"ends_on": TODAY}).status_code == 302
    granted.refresh_from_db()
    assert granted.ends_on == TODAY
    assert Event.objects.filter(name="role ended", about_id=world.colleague.pk).exists()


def test_actions_refuse_a_granter_without_scope(world: World) -> None:
    with pytest.raises(PermissionDenied, match="is granted by the Head of PSD"):
        people.grant_role(
            user=world.harbour_constable,
            role=Role.PSD_REVIEWER,
            force=world.harbour,
            starts_on=TODAY,
            by=read_anew(world.psd_head),
            now=timezone.now(),
        )
    with pytest.raises(PermissionDenied, match="You do not keep the records of Harbour Police"):
        people.change_person(
            world.harbour_constable,
            changes={"last_name": "X"},
            by=read_anew(world.psd_head),
            now=timezone.now(),
        )


def test_a_policy_row_on_an_entry_is_fixed(world: World) -> None:
    client = signed_in(world.psd_head)
    policy = gift_policy(force=world.northmoor)
    page = words(client.get(change_url(policy)))
    assert 'name="report_within_days"' in page
    declare(world.constable, item())
    page = words(client.get(change_url(policy)))
    assert "This row is frozen on 1 entry; add a new one with a later date." in page
    assert 'name="report_within_days"' not in page
    assert client.post(change_url(policy), {}).status_code == 403


def test_a_new_policy_row_begins_as_a_copy_with_its_parts(world: World) -> None:
    client = signed_in(world.psd_head)
    own = gift_policy(force=world.northmoor)
    page = client.get(f"{add_url(GiftPolicy)}?copy={own.pk}")
    data = filled(page)
    data |= {"effective_from": TODAY + timedelta(days=30)}
    response = client.post(f"{add_url(GiftPolicy)}?copy={own.pk}", data)
    assert response.status_code == 302, response.context["errors"]
    copy = GiftPolicy.objects.latest("pk")
    assert copy.pk != own.pk
    for part in ("bands", "reasons", "weights"):
        assert getattr(copy, part).count() == getattr(own, part).count() > 0


def filled(page: Any) -> dict[str, Any]:
    """What a browser would post of an admin form as it was drawn."""
    data: dict[str, Any] = {}
    admin_form = page.context["adminform"].form
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [admin_form, *(f.management_form for f in formsets), *(f for s in formsets for f in s)]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def test_a_joint_policy_is_changed_by_who_holds_all_its_forces(world: World) -> None:
    page = words(signed_in(world.administrator).get(change_url(world.policy)))
    assert 'name="report_within_days"' not in page
    assert 'name="report_within_days"' in words(
        signed_in(world.psd_head).get(change_url(world.policy))
    )


def test_an_organisation_is_one_however_it_is_spelt(world: World) -> None:
    client = signed_in(world.psd_head)
    first = find_or_create(name="Halcyon Fleet Ltd", department=world.alliance_psd)
    names = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    data = {"department": world.alliance_psd.pk, "name": "HALCYON FLEET LIMITED", **names}
    assert "it is the same organisation" in words(client.post(add_url(Organisation), data))
    other = {
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 0,
        "names-0-name": "Halcyon Vans",
        "names-0-kind": "trading",
        "supplier_numbers-TOTAL_FORMS": 0,
        "supplier_numbers-INITIAL_FORMS": 0,
    }
    response = client.post(change_url(first), {"name": first.name, **other})
    assert response.status_code == 302, words(response)
    assert find_or_create(name="halcyon vans", department=world.alliance_psd) == first


def test_a_supplier_notice_with_its_recipients(world: World) -> None:
    supplier = find_or_create(name="Halcyon Fleet Ltd", department=world.alliance_psd)
    stranger = find_or_create(name="Quay Traders", department=world.harbour_psd)
    data = {
        "force": world.northmoor.pk,
        "title": "No gifts",
        "text": "Please send none.",
        "dated": TODAY,
        "recipients-TOTAL_FORMS": 1,
        "recipients-INITIAL_FORMS": 0,
        "recipients-0-sent_on": TODAY,
    }
    client = signed_in(world.administrator)
    refused = client.post(
        add_url(SupplierNotice), {**data, "recipients-0-organisation": stranger.pk}
    )
    assert refused.status_code == 200
    made = client.post(add_url(SupplierNotice), {**data, "recipients-0-organisation": supplier.pk})
    assert made.status_code == 302
    assert SupplierNotice.objects.get().recipients.get().organisation == supplier


def test_notices_that_were_not_sent_show_within_scope(world: World) -> None:
    offer = declare(world.constable, item(200))
    now = timezone.now()
    Notice.objects.filter(case=offer.case).update(made_at=now)
    assert not unsent_notices(read_anew(world.reviewer), now).exists()
    Notice.objects.filter(case=offer.case).update(failure="The server refused it", made_at=now)
    page = words(signed_in(world.reviewer).get(reverse("psd:index")))
    assert "It failed: The server refused it." in page
    for stranger in (world.harbour_reviewer, world.administrator):
        assert "The server refused it" not in words(signed_in(stranger).get(reverse("psd:index")))


def test_people_who_have_left_lose_the_desk(world: World) -> None:
    client = signed_in(world.reviewer)
    RoleGrant.objects.filter(user=world.reviewer).update(ends_on=TODAY - timedelta(days=1))
    assert client.get(reverse("psd:index")).status_code == 404


def test_a_page_registered_opens_for_its_roles() -> None:
    page = {page.name: page for page in desk.pages}
    assert all(entry.roles for entry in page.values())


def test_lists_of_people_do_not_grow_with_their_rows(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(world.psd_head)
    with django_assert_max_num_queries(20) as few:
        client.get(list_url(User))
    for number in range(60):
        extra = person(f"extra{number}", force=world.northmoor, unit=world.patrol)
        grant(extra, Role.INTEGRITY_LEAD, force=world.northmoor, ends_on=START)
    with django_assert_max_num_queries(len(few)):
        client.get(list_url(User))
    with django_assert_max_num_queries(20):
        client.get(list_url(RoleGrant))

"""Concerns without a name: what the pages keep, what they do not, and how much they take."""

import json
import logging
import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.audit.scope import everywhere
from integrity.casework.models import Referral
from integrity.people.models import User
from registers.investigations import actions, codes, rate, tasks
from registers.investigations.actions.concerns import NO_SUCH_CODE
from registers.investigations.models import (
    Concern,
    ConcernCount,
    ConcernHour,
    ConcernMessage,
    InvestigationPolicy,
)
from tests import builders
from tests.builders import NOW, World
from tests.investigations import open_one

ABOUT, READ, SEND = "/concerns/", "/concerns/read/", "/concerns/send/NMR/"
WORDS = "The stores are sold from the back of a van."
CODE = re.compile(r"\b(?:[2-9A-HJKMNP-Z]{5}-){3}[2-9A-HJKMNP-Z]{5}\b")
ADDRESS, OTHER = "203.0.113.77", "198.51.100.9"


def visitor(address: str = ADDRESS, user: User | None = None) -> Client:
    client = Client(REMOTE_ADDR=address)
    if user is not None:
        client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def key_on(page: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def send(client: Client, text: str = WORDS, to: str = SEND, page_key: str = "") -> Any:
    return client.post(to, {"key": page_key or key_on(client.get(to)), "text": text})


def code_in(page: Any) -> str:
    assert page.status_code == 200, page.content.decode()
    found = CODE.search(page.content.decode())
    assert found
    return found[0]


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


# --- what it says and how it travels --------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_force_nothing_is_taken() -> None:
    page = visitor().get(ABOUT)
    assert page.status_code == 200
    assert "No force takes concerns here yet." in text_of(page)
    assert visitor().get(SEND).status_code == 404


def test_each_force_is_named_with_its_own_reporting_line_of_today(world: World) -> None:
    row = InvestigationPolicy.objects.get(force=world.harbour)
    row.reporting_line_name, row.reporting_line_phone = "Speak up", "0800 496 0000"
    row.reporting_line_url = "https://speak-up.example/"
    row.save()
    later = InvestigationPolicy.objects.get(force=world.harbour)
    later.pk, later.reporting_line_name = None, "Next year’s line"
    later.effective_from = timezone.localdate() + timedelta(days=300)
    later.save()
    page = visitor().get(ABOUT)
    for force in (world.northmoor, world.eastvale, world.harbour):
        assert f"/concerns/send/{force.code}/" in page.content.decode()
    said = text_of(page)
    assert "Harbour Police’s own reporting line: Speak up . Telephone 0800 496 0000" in said
    assert 'rel="noreferrer noopener external" href="https://speak-up.example/"' in (
        page.content.decode()
    )
    assert "Northmoor Police has not named its own reporting line here." in said
    assert "Next year’s line" not in said
    assert "not a whistleblowing service" in said
    assert "Speak up" in text_of(visitor().get("/concerns/send/HTP/"))


def test_no_browser_keeps_a_page_and_no_site_hears_of_it(world: World) -> None:
    client = visitor()
    code = code_in(send(client))
    pages = [
        client.get(ABOUT),
        client.get(SEND),
        client.get(READ),
        client.get("/concerns/send/ZZZ/"),
        client.delete(SEND),
        send(client),
        send(client, text=""),
        client.post(READ, {"code": code}),
        client.post(READ, {"code": "wrong"}),
        *[client.post(READ, {"code": "wrong"}) for _ in range(rate.TRIES)][-1:],
    ]
    assert [p.status_code for p in pages] == [200, 200, 200, 404, 405, 200, 422, 200, 422, 429]
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert set(page.cookies) <= {"csrftoken"}


def test_a_form_of_another_site_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(SEND)
    page_key, token = key_on(page), client.cookies["csrftoken"].value
    given = {"key": page_key, "text": WORDS}
    assert client.post(SEND, given).status_code == 403
    assert client.post(READ, {"code": "x"}).status_code == 403
    answer = client.post(SEND, {**given, "csrfmiddlewaretoken": token})
    assert code_in(answer)


# --- sent, answered, read -------------------------------------------------------------------------


def test_sent_answered_read_and_answered_again(world: World) -> None:
    client = visitor()
    code = code_in(send(client))
    concern = Concern.objects.get()
    assert (concern.force, concern.messages.get().text) == (world.northmoor, WORDS)
    assert WORDS not in concern.referral.reason
    actions.reply(concern, text="Which van?", by=world.reviewer, now=NOW)
    page = visitor(OTHER).post(READ, {"code": code.lower().replace("-", " ")})
    assert "Which van?" in text_of(page)
    assert world.reviewer.last_name not in page.content.decode()
    page = client.post(READ, {"code": code, "text": "The white one."})
    assert "Your message was sent." in text_of(page)
    sent = [(m.from_psd, m.text) for m in ConcernMessage.objects.all()]
    assert sent == [(False, WORDS), (True, "Which van?"), (False, "The white one.")]
    client.post(READ, {"code": code, "text": "The white one."})
    assert ConcernMessage.objects.count() == 3
    empty = client.post(READ, {"code": code, "text": " "})
    assert empty.status_code == 422
    assert "Write what you want to say." in text_of(empty)


def test_a_wrong_code_and_no_code_answer_alike(world: World) -> None:
    client = visitor()
    right = code_in(send(client))
    code_in(send(client, to="/concerns/send/HTP/"))
    wrong = [right[:-1], "2" * 20, "-".join(["ZZZZZ"] * 4), "’", right + "2"]
    pages = [client.post(READ, {"code": code}) for code in wrong]
    for code, page in zip(wrong, pages, strict=True):
        assert page.status_code == 422
        assert NO_SUCH_CODE in text_of(page)
        assert WORDS not in text_of(page)
        told = re.sub(r'value="[^"]*"', "", page.content.decode())
        assert told == re.sub(r'value="[^"]*"', "", pages[0].content.decode()), code
    assert NO_SUCH_CODE in text_of(client.post(READ, {"code": wrong[0], "text": "More"}))
    assert ConcernMessage.objects.count() == 2


def test_each_code_opens_its_own_concern_alone(world: World) -> None:
    client = visitor()
    first, second = code_in(send(client, "First.")), code_in(send(client, "Second."))
    assert first != second
    page = text_of(client.post(READ, {"code": second}))
    assert "Second." in page
    assert "First." not in page


def test_the_same_page_sends_the_same_words_once(world: World) -> None:
    client = visitor()
    page_key = key_on(client.get(SEND))
    codes_shown = {code_in(send(client, page_key=page_key)) for _ in range(3)}
    assert len(codes_shown) == 1
    assert Concern.objects.count() == Referral.objects.count() == 1
    assert code_in(send(client, "Other words.", page_key=page_key)) not in codes_shown
    assert code_in(send(client)) not in codes_shown
    assert Concern.objects.count() == 3


def at_once(number: int, post: Callable[[], Any]) -> list[Any]:
    """What as many browsers are answered that press the same button at the same moment."""
    start, answers = threading.Barrier(number), list[Any]()

    def press() -> None:
        start.wait()
        answers.append(post())
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_takes_that_come_at_once_send_one(transactional_db: None) -> None:
    limit(builders.world(), 2)
    page_key = key_on(visitor().get(SEND))
    answers = at_once(4, lambda: send(visitor(), page_key=page_key))
    assert len({code_in(answer) for answer in answers}) == 1
    assert Concern.objects.count() == ConcernMessage.objects.count() == 1
    code = code_in(answers[0])
    at_once(4, lambda: visitor().post(READ, {"code": code, "text": "More."}))
    assert ConcernMessage.objects.count() == 2


@pytest.mark.parametrize("page_key", ["none", "", "x:y"])
def test_a_page_without_our_key_sends_nothing_yet(world: World, page_key: str) -> None:
    client = visitor()
    page = client.post(SEND, {"key": page_key, "text": WORDS})
    assert page.status_code == 422
    assert "This page was out of date." in text_of(page)
    assert WORDS in text_of(page)
    assert not Concern.objects.exists()
    assert code_in(send(client, page_key=key_on(page)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n ", "Write what you want to say."),
        ("x" * 5001, "Write no more than 5,000 characters"),
    ],
)
def test_nothing_and_too_much_are_refused(world: World, text: str, sentence: str) -> None:
    page = send(visitor(), text)
    assert page.status_code == 422
    assert sentence in text_of(page)


# --- what is kept ---------------------------------------------------------------------------------


def everything() -> dict[str, str]:
    """Each table that the site may read, whole, as text; the ledger's too."""
    found = {}
    with everywhere(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT coalesce(json_agg(t)::text, '') FROM {table} t")  # noqa: S608
            (found[table],) = cursor.fetchone()
    return found


def test_nothing_that_is_kept_tells_who_wrote(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = visitor(user=world.constable)
    key = client.session.session_key
    session = client.session.items()
    page_key = key_on(client.get(SEND))
    before = everything()
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    code = code_in(send(client, page_key=page_key))
    client.post(READ, {"code": code})
    client.post(READ, {"code": code, "text": "More."})
    client.post(READ, {"code": "wrong"})
    after = everything()

    changed = {table for table in after if after[table] != before[table]}
    kept = {
        "casework_referral",
        "investigations_concern",
        "investigations_concernmessage",
        "audit_payload",
    }
    counted = {"investigations_concernhour", "investigations_concerncount"}
    assert changed - {"audit_entry", "audit_log", "audit_node"} == kept | counted
    for table in changed:
        for clue in (ADDRESS, key, code, code.replace("-", ""), page_key, page_key.split(":")[0]):
            assert after[table].count(str(clue)) == before[table].count(str(clue)), (table, clue)
    assert client.session.items() == session
    for body in bodies_after(before["audit_payload"], after["audit_payload"]):
        assert body["request"] is None
        assert body["actor_id"] is None
        assert body["actor"] == "The system"
        assert body.get("about_id") != world.constable.pk or body["about"] != "person"
    assert {e.name for e in Event.objects.filter(pk__gt=last)} == {"referred for investigation"}
    for message in ConcernMessage.objects.all():
        assert message.by is None
    said = " ".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    for clue in (ADDRESS, key, code, world.constable.username, WORDS):
        assert str(clue) not in said


def bodies_after(before: str, after: str) -> list[dict[str, Any]]:
    """The entries of the ledger that were added."""
    known = {row["id"] for row in json.loads(before or "[]")}
    added = [row for row in json.loads(after) if row["id"] not in known]
    assert added
    return [json.loads(row["body"]) for row in added]


def test_of_the_code_its_hash_alone_is_kept_and_of_the_moment_its_day(world: World) -> None:
    code_in(send(visitor()))
    concern = Concern.objects.get()
    assert re.fullmatch(r"[0-9a-f]{64}", concern.code_hash)
    assert timezone.localtime(concern.referral.made_at).strftime("%H:%M:%S.%f") == (
        "12:00:00.000000"
    )
    event = Event.objects.get(about="referral", about_id=concern.referral_id)
    assert event.at == concern.referral.made_at


def test_a_signed_in_visitor_sees_what_a_stranger_sees(world: World) -> None:
    for path in (ABOUT, READ, SEND):
        seen = [
            re.sub(r'(name="(?:key|csrfmiddlewaretoken)") value="[^"]+"', r"\1", page)
            for page in (
                c.get(path).content.decode() for c in (visitor(), visitor(user=world.psd_head))
            )
        ]
        assert seen[0] == seen[1]
        assert world.psd_head.last_name not in seen[0]


# --- how much is taken ----------------------------------------------------------------------------


def limit(world: World, number: int) -> None:
    InvestigationPolicy.objects.filter(department=world.alliance_psd).update(
        concerns_per_hour=number
    )


def test_one_sender_is_stopped_and_another_is_not(world: World) -> None:
    limit(world, 2)
    client = visitor()
    page_key = key_on(client.get(SEND))
    first = code_in(send(client, page_key=page_key))
    code_in(send(client, "Again."))
    refused = send(client, "And again.")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3601
    assert "Nothing was sent. Try again after" in text_of(refused)
    assert "reporting line" in text_of(refused)
    assert Concern.objects.count() == 2
    assert code_in(send(client, page_key=page_key)) == first, "a reload still shows the code"
    assert code_in(send(visitor(OTHER)))
    assert code_in(send(client, to="/concerns/send/HTP/")), "another force has its own count"


def test_a_force_takes_so_many_in_all(world: World) -> None:
    limit(world, 1)
    for number in range(rate.IN_ALL):
        assert rate.may_send(world.northmoor, f"198.51.100.{number}", per_hour=1, now=NOW)
    assert not rate.may_send(world.northmoor, OTHER, per_hour=1, now=NOW)
    assert rate.may_send(world.harbour, OTHER, per_hour=1, now=NOW)
    assert rate.may_send(world.northmoor, OTHER, per_hour=1, now=NOW + timedelta(hours=1))


def test_who_guesses_codes_is_stopped(world: World) -> None:
    client, code = visitor(), code_in(send(visitor()))
    for _ in range(rate.TRIES):
        assert client.post(READ, {"code": "wrong"}).status_code == 422
    assert client.post(READ, {"code": code}).status_code == 429
    assert visitor(OTHER).post(READ, {"code": code}).status_code == 200


def test_an_hour_s_counts_go_with_the_hour(world: World) -> None:
    late = NOW.replace(minute=59)
    assert rate.may_send(world.northmoor, ADDRESS, per_hour=1, now=late)
    assert not rate.may_send(world.northmoor, ADDRESS, per_hour=1, now=late)
    (key,) = ConcernHour.objects.values_list("key", flat=True)
    digests = set(ConcernCount.objects.values_list("digest", flat=True))
    assert rate.may_try(ADDRESS, now=late + timedelta(minutes=1))
    assert ConcernHour.objects.get().key != key
    assert not digests & set(ConcernCount.objects.values_list("digest", flat=True))
    rate.forget(now=late + timedelta(hours=2))
    assert not ConcernHour.objects.exists()
    assert not ConcernCount.objects.exists()


def test_the_worker_forgets_on_the_hour(world: World) -> None:
    rate.may_try(ADDRESS, now=timezone.now() - timedelta(hours=1))
    tasks._forget_senders(0)
    assert not ConcernHour.objects.exists()


def test_what_is_counted_is_in_no_write_ahead_log(world: World) -> None:
    with connection.cursor() as cursor:
        for model in (ConcernHour, ConcernCount):
            cursor.execute(
                "SELECT relpersistence FROM pg_class WHERE relname = %s", [model._meta.db_table]
            )
            assert cursor.fetchone() == ("u",)


@pytest.mark.parametrize(
    ("proxied", "headers", "sender"),
    [
        (False, {}, "203.0.113.77"),
        (False, {"HTTP_X_FORWARDED_FOR": OTHER}, "203.0.113.77"),
        (True, {"HTTP_X_FORWARDED_FOR": f"10.0.0.1, {OTHER}"}, OTHER),
        (True, {}, "203.0.113.77"),
        (False, {"REMOTE_ADDR": "::ffff:203.0.113.77"}, "203.0.113.77"),
        (False, {"REMOTE_ADDR": ""}, ""),
    ],
)
def test_the_sender_is_the_nearest_address_that_can_be_believed(
    rf: Any, settings: Any, proxied: bool, headers: dict[str, str], sender: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxied else None
    assert rate.sender_of(rf.get("/", **{"REMOTE_ADDR": ADDRESS, **headers})) == sender


def test_one_household_is_one_sender(rf: Any) -> None:
    one, two, three = (
        rate.sender_of(rf.get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )
    assert one == two != three


def test_codes_do_not_repeat_and_can_be_copied() -> None:
    made = {codes.code_of(key=codes.fresh_key(), text=WORDS) for _ in range(200)}
    assert len(made) == 200
    assert all(CODE.fullmatch(code) for code in made)


# --- the desk -------------------------------------------------------------------------------------

CONCERNS = "/psd/concerns/"


def page_of(concern: Concern) -> str:
    return reverse("psd:investigations-concern", args=[concern.pk])


def sent_to(world: World, text: str = WORDS, to: str = SEND) -> Concern:
    code_in(send(visitor(), text, to))
    return Concern.objects.latest("pk")


def test_psd_reads_answers_and_goes_on_to_an_investigation(world: World) -> None:
    concern = sent_to(world)
    client = visitor(user=world.other_reviewer)
    assert "Concerns without a name" in text_of(client.get("/psd/"))
    listed = text_of(client.get(CONCERNS))
    assert "Waits for a reply. Not dealt with yet." in listed
    page = client.get(page_of(concern))
    assert WORDS in text_of(page)
    assert f'href="/psd/investigations/open/?referral={concern.referral_id}"' in (
        page.content.decode()
    )
    answer = client.post(page_of(concern), {"seen": "1", "text": "Which van?"})
    assert answer.status_code == 302
    reply = concern.messages.last()
    assert reply is not None
    assert (reply.text, reply.by) == ("Which van?", world.other_reviewer)
    again = client.post(page_of(concern), {"seen": "1", "text": "Which van?"})
    assert again.status_code == 422
    assert "A message came since this page was drawn" in text_of(again)
    assert concern.messages.count() == 2
    assert "PSD replied. Not dealt with yet." in text_of(client.get(CONCERNS))
    opened = open_one(world, referrals=[concern.referral], subject=None)
    assert f"In {opened.case.reference}." in text_of(client.get(CONCERNS))
    assert opened.case.reference in text_of(client.get(page_of(concern)))
    looks = Event.objects.filter(name="concern viewed", about_id=concern.referral_id)
    assert {look.actor_id for look in looks} == {world.other_reviewer.pk}


def test_set_aside_says_why(world: World) -> None:
    concern = sent_to(world)
    actions.set_aside(concern.referral, reason="It was a film", by=world.reviewer, now=NOW)
    client = visitor(user=world.reviewer)
    assert "Set aside." in text_of(client.get(CONCERNS))
    assert "Set aside: It was a film." in text_of(client.get(page_of(concern)))


def test_nobody_outside_psd_finds_them(world: World) -> None:
    concern = sent_to(world)
    trusted = {"psd_head", "reviewer", "other_reviewer", "harbour_reviewer"}
    for name, user in world.people().items():
        client = visitor(user=user)
        status = [client.get(path).status_code for path in (CONCERNS, page_of(concern))]
        if name in trusted - {"harbour_reviewer"} | {"investigation_inspector"}:
            assert status == [200, 200], name
        elif name in trusted:
            assert status == [200, 404], name
            assert WORDS not in text_of(client.get(CONCERNS))
        else:
            assert status == [404, 404], name
            assert client.post(page_of(concern), {"seen": "1", "text": "x"}).status_code == 404


def test_who_inspects_reads_and_does_not_answer(world: World) -> None:
    concern = sent_to(world)
    client = visitor(user=world.investigation_inspector)
    page = client.get(page_of(concern))
    assert WORDS in text_of(page)
    assert "Send the reply" not in text_of(page)
    answer = client.post(page_of(concern), {"seen": "1", "text": "x"})
    assert answer.status_code == 403
    assert concern.messages.count() == 1


def test_whom_it_is_about_does_not_find_it(world: World) -> None:
    concern = sent_to(world)
    open_one(world, referrals=[concern.referral], subject=world.reviewer)
    for kept_from in (world.reviewer, world.psd_head):
        client = visitor(user=kept_from)
        assert WORDS not in text_of(client.get(CONCERNS))
        assert client.get(page_of(concern)).status_code == 404
    assert visitor(user=world.other_reviewer).get(page_of(concern)).status_code == 200


def test_whom_the_referral_names_does_not_find_it(world: World) -> None:
    concern = sent_to(world)
    Referral.objects.filter(pk=concern.referral_id).update(person=world.reviewer)
    for kept_from in (world.reviewer, world.psd_head):  # and whom they report to
        client = visitor(user=kept_from)
        assert WORDS not in text_of(client.get(CONCERNS))
        assert client.get(page_of(concern)).status_code == 404
        answer = client.post(page_of(concern), {"seen": "1", "text": "x"})
        assert answer.status_code == 404
    assert visitor(user=world.other_reviewer).get(page_of(concern)).status_code == 200


def test_the_list_asks_no_more_for_more(
    world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = visitor(user=world.reviewer)
    asked = []
    for rows in (2, 12):
        while Concern.objects.count() < rows:
            actions.concerns.send_concern(
                force=world.northmoor, text=WORDS, now=datetime.now(NOW.tzinfo)
            )
        with django_assert_max_num_queries(200) as captured:
            assert client.get(CONCERNS).status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_every_table_of_counts_is_open_and_unrecorded() -> None:
    for model in (ConcernHour, ConcernCount):
        assert model in apps.get_app_config("investigations").get_models()
        assert model.protection.deletable

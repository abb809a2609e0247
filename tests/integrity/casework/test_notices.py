"""Notices are made with the change, e-mailed after it commits, and never twice."""

import threading

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from integrity.audit.models import Event
from integrity.casework.actions import psd_of, read_notice, send_notice
from integrity.casework.models import Notice
from registers.gifts.enums import Status, Verb
from tests import builders
from tests.builders import NOW, World, accepted, declare, offer_in, perform


def work() -> None:
    """The worker, until it has nothing left to do."""
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def asked(world: World) -> Notice:
    """The constable's notice of a question."""
    offer_in(Status.QUERIED, world)
    return Notice.objects.get(recipient=world.constable, subject__contains="PSD asks")


def test_a_notice_stands_on_the_site_at_once_and_says_where_to_go(world: World) -> None:
    notice = asked(world)
    assert notice.subject.endswith(": PSD asks you a question")
    assert notice.path == f"/gifts/{notice.case.reference}/" if notice.case else False
    assert (notice.made_at, notice.sent_at) == (NOW, None)


def test_whoever_did_it_is_not_told_and_nobody_is_told_twice(world: World) -> None:
    offer = declare(world.constable, accepted(50))
    perform(Verb.ACCEPT, offer, by=world.psd_head, in_world=world)
    told = Notice.objects.filter(subject__contains="complies")
    assert [n.recipient for n in told] == [world.constable], "subject and author are one person"
    assert not Notice.objects.filter(recipient=world.psd_head, subject__contains="complies")


def test_psd_s_notices_go_to_the_owner_or_to_the_heads_who_serve(world: World) -> None:
    offer = declare(world.constable, accepted(50))
    assert psd_of(offer.case) == [world.psd_head]
    offer = perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    assert psd_of(offer.case) == [world.other_reviewer]
    assert psd_of(declare(world.body_member, accepted(50)).case) == [world.psd_head]
    assert psd_of(declare(world.harbour_constable, accepted(50)).case) == [world.harbour_reviewer]
    world.psd_head.leaves_on = builders.START
    world.psd_head.save()
    assert psd_of(declare(world.constable, accepted(50)).case) == []


def test_reading_a_notice_keeps_the_first_time(world: World) -> None:
    notice = asked(world)
    read_notice(notice, now=NOW)
    read_notice(notice, now=NOW.replace(year=2027))
    assert Notice.objects.get(pk=notice.pk).read_at == NOW


def test_a_notice_is_sent_once_however_often_it_is_asked_for(world: World) -> None:
    notice = asked(world)
    assert [send_notice(notice.pk, now=NOW) for _ in range(3)] == [True, False, False]
    (message,) = mail.outbox
    assert message.to == ["constable@force.example"]
    assert message.subject == notice.subject
    assert notice.path in message.body
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.claimed_at, kept.sent_at, kept.failure) == (NOW, NOW, "")


def test_a_failure_is_kept_and_not_tried_again(world: World, settings: LazySettings) -> None:
    notice = asked(world)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    nowhere = {"host": "127.0.0.1", "port": 1, "timeout": 1}
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": nowhere}}
    assert not send_notice(notice.pk, now=NOW)
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.claimed_at, kept.sent_at) == (NOW, None)
    assert "refused" in kept.failure
    assert not send_notice(notice.pk, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_was_committed_and_only_once() -> None:
    world = builders.world()
    with transaction.atomic():
        notice = asked(world)
        assert mail.outbox == []
    work()
    sent = [(message.to, message.subject) for message in mail.outbox]
    assert sent.count((["constable@force.example"], notice.subject)) == 1
    assert len(sent) == Notice.objects.count()
    assert Notice.objects.get(pk=notice.pk).sent_at is not None
    assert not Notice.objects.filter(sent_at=None).exists()
    work()
    assert len(mail.outbox) == len(sent)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_of_what_was_rolled_back() -> None:
    world = builders.world()
    with transaction.atomic():
        asked(world)
        transaction.set_rollback(True)
    work()
    assert mail.outbox == []
    assert not Notice.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_a_notice_once() -> None:
    notice = asked(builders.world())
    mail.outbox.clear()
    start = threading.Barrier(2)
    sent: list[bool] = []

    def send() -> None:
        start.wait()
        sent.append(send_notice(notice.pk, now=NOW))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [False, True]
    assert len(mail.outbox) == 1


def test_somebody_without_an_address_is_told_on_the_site_alone(world: World) -> None:
    world.constable.email = ""
    world.constable.save()
    offer = offer_in(Status.WITH_PSD, world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        (before,) = cursor.fetchone()
        perform(Verb.ASK, offer, by=world.reviewer, in_world=world)
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (before,)
    assert Notice.objects.filter(recipient=world.constable).exists()

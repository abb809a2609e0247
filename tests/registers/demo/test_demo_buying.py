"""What the invented forces buy: who docs/demo.md says holds a card does, and has something to say of it."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from integrity.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def test_the_card_holder_of_the_documents_has_purchases_to_justify() -> None:
    told = (settings.BASE_DIR / "docs" / "demo.md").read_text()
    (line,) = (each for each in told.splitlines() if "holds a purchasing card" in each)
    (name,) = re.findall(r"`([a-z.]+)`", line)
    holder = User.objects.get(username=name)
    client = Client()
    client.force_login(holder, backend="integrity.people.backends.ServingMemberBackend")
    assert "Say what your card purchases were for" in client.get("/").content.decode()
    page = client.get(reverse("procurement:cards")).content.decode()
    assert "Waiting for review" in page
    others = User.objects.filter(force=holder.force, cards__isnull=False).exclude(pk=holder.pk)
    assert others.distinct().count() == 5

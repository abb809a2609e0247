"""manage.py demo: migrate, load the demo world, say who signs in, and serve."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from integrity.audit.scope import everywhere
from integrity.demo_server import migrate, refuse_port_in_use, serve
from integrity.people.models import User
from registers.business_interests.models import Interest
from registers.demo.load import load
from registers.demo.people import PASSWORD
from registers.demo.sign_ins import sign_ins
from registers.gifts.models import Offer
from registers.investigations.models import Investigation
from registers.media_contacts.models import Contact


class Command(BaseCommand):
    help = "Loads the demo forces and serves the site with them; a second run adds nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop when the data are ready")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--json", action="store_true", help="print the sign-ins as JSON and stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        serving = not (options["no_serve"] or options["json"])
        if serving:
            refuse_port_in_use(options["port"])
        started = time.monotonic()
        migrate()
        with everywhere():
            loaded = load(timezone.now())
            self._report(loaded, time.monotonic() - started, as_json=options["json"])
        if serving:
            serve(options["port"])

    def _report(self, loaded: bool, seconds: float, *, as_json: bool) -> None:
        made = {
            "people": User.objects.count(),
            "offers": Offer.objects.count(),
            "interests": Interest.objects.count(),
            "contacts": Contact.objects.count(),
            "investigations": Investigation.objects.count(),
        }
        listed = sign_ins()
        if as_json:
            report = {
                "loaded": loaded,
                **made,
                "seconds": round(seconds, 1),
                "password": PASSWORD,
                "sign_ins": [
                    {"username": s.username, "person": s.person, "home": s.home, "shows": s.shows}
                    for s in listed
                ],
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        done = f"loaded in {seconds:.0f} seconds" if loaded else "already loaded; nothing added"
        held = (
            "{people} people, {offers} offers, {interests} business interests, {contacts} media "
            "contacts and {investigations} investigations"
        ).format(**made)
        self.stdout.write(f"The demo world is {done}: {held}.\n")
        self.stdout.write(f"Everybody’s password is {PASSWORD}. Some who sign in:")
        home = ""
        for entry in listed:
            if entry.home != home:
                home = entry.home
                self.stdout.write(f"\n{home}")
            self.stdout.write(f"  {entry.username:<20} {entry.person}: {entry.shows}")

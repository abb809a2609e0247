from django.apps import AppConfig


class MediaContactsConfig(AppConfig):
    name = "registers.media_contacts"
    verbose_name = "Media contacts"

    def ready(self) -> None:
        from integrity.casework.registry import Register, register
        from registers.media_contacts import signing, summaries
        from registers.media_contacts.about_organisation import (
            contacts_with,
            coverage_by,
            entries_naming,
            policy_on_suppliers,
        )
        from registers.media_contacts.actions.imports import IMPORTER
        from registers.media_contacts.enums import WORDS
        from registers.media_contacts.facts_of import stated
        from registers.media_contacts.models import MediaPolicy
        from registers.media_contacts.recorded import recorded
        from registers.media_contacts.subject_access import holds
        from registers.media_contacts.workflow import TRANSITIONS
        from registers.organisations import registry as organisations

        organisations.appears("Media contacts", contacts_with)
        organisations.appears("Coverage", coverage_by)
        organisations.declares("media_contacts", entries_naming)
        organisations.advises("media_contacts", policy_on_suppliers)

        register(
            Register(
                slug="media_contacts",
                name="Media contacts",
                prefix="MC",
                summaries=summaries.summaries,
                team=summaries.team,
                starts=summaries.starts,
                unfinished=summaries.unfinished,
                policy=summaries.policy_card,
                about_person=summaries.about_person,
                for_sign_off=signing.for_sign_off,
                importer=IMPORTER,
                workflow=TRANSITIONS,
                stated=lambda case: stated(case.contact),
                stated_from=(
                    "contact__agreement",
                    "contact__speakers__journalist",
                    "contact__speakers__outlet",
                    "contact__other_officers__officer__grade",
                ),
                words=WORDS,
                recorded=recorded,
                holds=holds,
                took_part=summaries.took_part,
                policies=MediaPolicy.objects.all,
                nothing="Nobody in {unit} had contact with the media",
            )
        )

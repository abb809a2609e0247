from django.apps import AppConfig


class BusinessInterestsConfig(AppConfig):
    name = "registers.business_interests"
    verbose_name = "Business interests"

    def ready(self) -> None:
        from integrity.casework.registry import Register, register
        from integrity.people.watchers import watch_people
        from registers.business_interests import summaries
        from registers.business_interests.about_organisation import (
            entries_naming,
            interests_in,
            policy_on_suppliers,
        )
        from registers.business_interests.actions.daily import daily
        from registers.business_interests.actions.imports import IMPORTER
        from registers.business_interests.actions.stating import stated
        from registers.business_interests.actions.transfers import person_changed
        from registers.business_interests.enums import NOT_FINAL, WORDS
        from registers.business_interests.in_organisations import interests_held
        from registers.business_interests.models import InterestPolicy
        from registers.business_interests.recorded import OUTCOMES, recorded
        from registers.business_interests.subject_access import holds
        from registers.business_interests.workflow import TRANSITIONS
        from registers.organisations import registry as organisations

        organisations.appears("Interests", interests_in)
        organisations.holds("business_interests", interests_held)
        organisations.declares("business_interests", entries_naming)
        organisations.advises("business_interests", policy_on_suppliers)
        register(
            Register(
                slug="business_interests",
                name="Business interests",
                prefix="BI",
                summaries=summaries.summaries,
                team=summaries.team,
                starts=summaries.starts,
                unfinished=summaries.unfinished,
                policy=summaries.policy_card,
                about_person=summaries.about_person,
                for_sign_off=summaries.for_sign_off,
                workflow=TRANSITIONS,
                stated=lambda case: stated(case.interest),
                stated_from=("interest__organisation",),
                words=WORDS,
                recorded=recorded,
                rulings=OUTCOMES,
                for_psd_alone=NOT_FINAL,
                holds=holds,
                team_pages=summaries.team_pages,
                daily=lambda now: daily(now=now),
                importer=IMPORTER,
                policies=InterestPolicy.objects.all,
                nothing="Nobody in {unit} applied for a business interest",
            )
        )
        watch_people(person_changed)

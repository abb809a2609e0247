from django.apps import AppConfig


class GiftsConfig(AppConfig):
    name = "registers.gifts"
    verbose_name = "Gifts and hospitality"

    def ready(self) -> None:
        from integrity.casework.registry import Register, opens, register
        from registers.gifts import summaries
        from registers.gifts.about_organisation import (
            entries_naming,
            offers_by,
            policy_on_suppliers,
        )
        from registers.gifts.actions.imports import IMPORTER
        from registers.gifts.actions.stating import stated
        from registers.gifts.enums import RULINGS, WORDS, Action
        from registers.gifts.models import GiftPolicy
        from registers.gifts.opening import open_offer
        from registers.gifts.recorded import recorded
        from registers.gifts.subject_access import holds
        from registers.gifts.workflow import TRANSITIONS
        from registers.organisations import registry as organisations

        register(
            Register(
                slug="gifts",
                name="Gifts and hospitality",
                prefix="GH",
                summaries=summaries.summaries,
                team=summaries.team,
                starts=summaries.starts,
                unfinished=summaries.unfinished,
                policy=summaries.policy_card,
                about_person=summaries.about_person,
                for_sign_off=summaries.for_sign_off,
                importer=IMPORTER,
                workflow=TRANSITIONS,
                stated=lambda case: stated(case.offer, case.offer.items.all()),
                stated_from=("offer__provider_organisation", "offer__items__reason"),
                words=WORDS,
                recorded=recorded,
                rulings=RULINGS,
                for_psd_alone=(Action.REFER,),
                holds=holds,
                policies=GiftPolicy.objects.all,
                nothing="Nothing was offered to anyone in {unit}",
            )
        )
        opens("offer", open_offer)
        organisations.appears("Offers", offers_by)
        organisations.advises("gifts", policy_on_suppliers)
        organisations.declares("gifts", entries_naming)

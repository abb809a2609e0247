from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "registers.procurement"
    verbose_name = "Procurement"

    def ready(self) -> None:
        from integrity.casework.registry import also_holds, begins, feed
        from registers.organisations import registry as organisations
        from registers.procurement import about_organisation as about
        from registers.procurement.actions import cards, contracts, spend
        from registers.procurement.subject_access import holds
        from registers.procurement.summaries import starts
        from registers.procurement.warning import ever_published, standings, supplies

        begins("procurement", starts)
        also_holds("procurement", holds)
        organisations.appears("Contracts", about.contracts_won)
        organisations.appears("Tenders", about.bids_for)
        organisations.appears("Payments", about.payments_to)
        organisations.appears("Purchases by card", about.purchases_from)
        organisations.warns("procurement", supplies)
        organisations.publishes("procurement", standings, ever_published)
        for each in (contracts.FEED, spend.FEED, cards.FEED):
            feed(each)

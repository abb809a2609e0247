from django.apps import AppConfig


class CrosschecksConfig(AppConfig):
    name = "registers.crosschecks"
    verbose_name = "Cross-checks"

    def ready(self) -> None:
        from integrity.casework.registry import beside, by_itself
        from registers.crosschecks import actions
        from registers.crosschecks.about_organisation import matches_of
        from registers.crosschecks.match_page import beside_case
        from registers.organisations.registry import appears

        by_itself("cross-checks", "minute", actions.follow_ledgers)
        by_itself("cross-checks", "day", actions.run_whole)
        appears("Matches", matches_of)
        beside("Matches between registers", beside_case)

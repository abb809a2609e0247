from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "registers.governance"
    verbose_name = "Governance"

    def ready(self) -> None:
        from integrity.casework.registry import also_holds, begins, in_menu
        from registers.governance import summaries
        from registers.governance.subject_access import holds

        begins("governance", summaries.starts)
        in_menu("Governance", summaries.in_menu)
        also_holds("governance", holds)

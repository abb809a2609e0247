from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "registers.organisations"
    verbose_name = "Organisations"

    def ready(self) -> None:
        from integrity.casework.registry import by_itself
        from registers.organisations.upkeep import each_minute, each_night

        by_itself("merge suggestions", "minute", each_minute)
        by_itself("merge suggestions", "day", each_night)

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "registers.oversight"
    verbose_name = "Oversight"

    def ready(self) -> None:
        from integrity.casework.desk import desk
        from integrity.casework.registry import by_itself, in_menu
        from registers.oversight import pages
        from registers.oversight.counting import fold_changes

        by_itself("figures", "minute", fold_changes)
        in_menu("Figures", pages.in_menu)
        desk.begins_with(pages.on_desk)

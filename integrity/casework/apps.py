from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "integrity.casework"
    verbose_name = "Casework"

    def ready(self) -> None:
        from integrity.casework import nil_returns
        from integrity.casework.actions.nil_returns import remind_heads
        from integrity.casework.registry import also_holds, begins, by_itself

        begins("nil returns", nil_returns.starts)
        also_holds("nil_returns", nil_returns.holds)
        by_itself("nil returns", "day", remind_heads)

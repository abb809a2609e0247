from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "registers.investigations"
    verbose_name = "Integrity investigations"

    def ready(self) -> None:
        from integrity.casework.registry import Register, opens, register
        from registers.investigations import summaries
        from registers.investigations.enums import WORDS
        from registers.investigations.recorded import recorded
        from registers.investigations.workflow import TRANSITIONS

        register(
            Register(
                slug="investigations",
                name="Integrity investigations",
                prefix="IN",
                summaries=summaries.summaries,
                team=lambda user: (),
                starts=lambda user: (),
                unfinished=summaries.unfinished,
                policy=lambda user: None,
                about_person=summaries.about_person,
                workflow=TRANSITIONS,
                words=WORDS,
                recorded=recorded,
            )
        )
        opens("investigation", summaries.opening)

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "registers.organisations"
    verbose_name = "Organisations"

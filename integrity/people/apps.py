from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "integrity.people"
    verbose_name = "People and roles"

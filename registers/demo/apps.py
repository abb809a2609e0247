from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "registers.demo"
    verbose_name = "Demo world"

from django.apps import AppConfig


class MediaContactsConfig(AppConfig):
    name = "registers.media_contacts"
    verbose_name = "Media contacts"

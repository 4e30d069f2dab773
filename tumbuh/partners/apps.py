from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "tumbuh.partners"
    label = "partners"

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "tumbuh.records"
    label = "records"

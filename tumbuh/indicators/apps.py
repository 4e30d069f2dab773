from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "tumbuh.indicators"
    label = "indicators"

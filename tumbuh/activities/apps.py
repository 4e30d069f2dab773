from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "tumbuh.activities"
    label = "activities"

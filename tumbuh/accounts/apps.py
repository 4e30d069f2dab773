from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tumbuh.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tumbuh.accounts import checks  # noqa: F401  registers them

"""Django app configuration."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry app."""

    name = "rasad.registry"

    def ready(self) -> None:
        """Lend the names of places to the layers below."""
        from rasad.accounts.areas import named_by
        from rasad.registry.area_names import place_names

        named_by(place_names)

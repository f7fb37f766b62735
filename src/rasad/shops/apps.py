"""Django app configuration."""

from django.apps import AppConfig


class ShopsConfig(AppConfig):
    """The shops app."""

    name = "rasad.shops"

    def ready(self) -> None:
        """Lend the names of shops to the layers below."""
        from rasad.accounts.areas import named_by
        from rasad.shops.area_names import shop_names

        named_by(shop_names)

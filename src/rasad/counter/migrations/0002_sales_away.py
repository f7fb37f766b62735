from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("counter", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="sale",
            index=models.Index(
                fields=["home_shop", "at"], condition=Q(kind="away"), name="counter_sale_away"
            ),
        ),
    ]

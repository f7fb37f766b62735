from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("relief", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="sourcerow",
            index=models.Index(
                fields=["scheme", "district_code", "source", "outcome", "reason", "received_on"],
                name="relief_row_figures",
            ),
        ),
        migrations.AddIndex(
            model_name="token",
            index=models.Index(
                fields=[
                    "scheme",
                    "district_code",
                    "source",
                    "state",
                    "shop_reason",
                    "issued_on",
                    "member_count",
                ],
                name="relief_token_figures",
            ),
        ),
        migrations.AddIndex(
            model_name="token",
            index=models.Index(fields=["place_code"], name="relief_token_place"),
        ),
        migrations.AddIndex(
            model_name="token",
            index=models.Index(
                fields=["mobile"],
                condition=models.Q(("mobile", ""), _negated=True),
                name="relief_token_mobile",
            ),
        ),
    ]

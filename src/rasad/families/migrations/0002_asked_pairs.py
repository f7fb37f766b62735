"""Every pair that is asked for is counted, not the wrong ones only: the count would tell which is right."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0001_initial")]

    operations = [
        migrations.RenameModel("WrongPair", "AskedPair"),
        migrations.RenameIndex(
            "AskedPair",
            new_name="families_as_card_464e07_idx",
            old_name="families_wr_card_16a79d_idx",
        ),
        migrations.RenameIndex(
            "AskedPair", new_name="families_as_at_f62a4a_idx", old_name="families_wr_at_894d57_idx"
        ),
        # They live for an hour: none of before is needed.
        migrations.RunSQL("DELETE FROM families_askedpair", migrations.RunSQL.noop),
        migrations.AddField(
            "AskedPair", "mobile", models.CharField(max_length=10, default=""), preserve_default=False
        ),
    ]

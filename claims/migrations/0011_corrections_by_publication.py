from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0010_log_by_moment'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='verdictversion',
            index=models.Index(condition=models.Q(('number__gt', 1)), fields=['-published_at', '-id'], name='correction_by_publication'),
        ),
    ]

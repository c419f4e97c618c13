import django.db.models.deletion
from django.db import migrations, models


def carry_what_stands(apps, schema_editor):
    """What readers saw until now stands with the versions that they see; from here on a version carries it."""
    relations = apps.get_model("claims", "ClaimRelation").objects.filter(claim__current_version__isnull=False)
    carried = apps.get_model("claims", "VersionRelation")
    carried.objects.bulk_create(
        [
            carried(version_id=version, other_id=other, relation=relation)
            for version, other, relation in relations.order_by("pk").values_list(
                "claim__current_version", "other", "relation"
            )
        ],
        batch_size=1000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0011_corrections_by_publication'),
    ]

    operations = [
        migrations.CreateModel(
            name='VersionRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('narrows', 'narrows'), ('generalises', 'generalises'), ('contradicts', 'contradicts'), ('depends_on', 'depends on'), ('same_as', 'is the same claim as')], max_length=12)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='claims.verdictversion')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('version', 'other', 'relation'), name='version_relation_once')],
            },
        ),
        migrations.RunPython(carry_what_stands, migrations.RunPython.noop),
    ]

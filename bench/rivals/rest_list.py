"""Django REST Framework: the claims of our own database (BENCH_DATABASE) as a list of 50, with what the feed tells.

The usual way: a model serializer with nested ones, rows prefetched, pages by cursor.
"""

import os

from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bench",
    USE_TZ=True,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BENCH_DATABASE"],
            "CONN_MAX_AGE": 60,
        }
    },
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
    },
)

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from django.db import models  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import generics, pagination, serializers  # noqa: E402


class Body(models.Model):
    designation = models.TextField()

    class Meta:
        app_label, db_table, managed = "bench", "ephemeris_smallbody", False


class Claim(models.Model):
    slug = models.TextField()
    body = models.ForeignKey(Body, models.DO_NOTHING)
    first_published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    current_version = models.ForeignKey("Version", models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        app_label, db_table, managed = "bench", "claims_claim", False


class Version(models.Model):
    claim = models.ForeignKey(Claim, models.DO_NOTHING)
    number = models.IntegerField()
    verdict = models.TextField()
    published_at = models.DateTimeField()
    content_sha256 = models.TextField()
    document = models.JSONField()

    class Meta:
        app_label, db_table, managed = "bench", "claims_verdictversion", False


class Mark(models.Model):
    version = models.ForeignKey(Version, models.DO_NOTHING, related_name="marks")
    reason = models.TextField()
    detail = models.TextField()
    since = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        app_label, db_table, managed = "bench", "claims_stalemark", False


class Run(models.Model):
    claim = models.ForeignKey(Claim, models.DO_NOTHING, related_name="runs")
    name = models.TextField()
    outcome = models.TextField()
    sentence = models.TextField()
    result = models.JSONField()
    as_of = models.DateTimeField()

    class Meta:
        app_label, db_table, managed = "bench", "claims_checkrun", False


class MarkSerializer(serializers.ModelSerializer):
    class Meta:
        model, fields = Mark, ["reason", "detail", "since"]


class RunSerializer(serializers.ModelSerializer):
    class Meta:
        model, fields = Run, ["name", "outcome", "sentence", "result", "as_of"]


class EvidenceSerializer(serializers.Serializer):
    id = serializers.CharField()
    kind = serializers.CharField()
    stance = serializers.CharField()
    tier = serializers.IntegerField(required=False)
    title = serializers.CharField()
    url = serializers.CharField(required=False)


class KeyNumberSerializer(serializers.Serializer):
    quantity = serializers.CharField()
    asserted = serializers.DictField(allow_null=True)
    measured = serializers.DictField(allow_null=True)


class AppearanceSerializer(serializers.Serializer):
    source = serializers.CharField(source="source.key")
    title = serializers.CharField(source="source.title")
    url = serializers.CharField(source="source.url", required=False)
    first_seen = serializers.CharField(allow_null=True)
    phrase = serializers.CharField(allow_null=True)
    stance = serializers.CharField()


class DocumentSerializer(serializers.Serializer):
    title = serializers.CharField()
    kind = serializers.CharField()
    topic = serializers.CharField()
    statement = serializers.CharField()
    truth_condition = serializers.CharField()
    verdict_label = serializers.CharField()
    normalized = serializers.CharField()
    rating = serializers.IntegerField(allow_null=True)
    confidence = serializers.CharField()
    confidence_basis = serializers.CharField()
    one_line = serializers.CharField()
    rationale = serializers.CharField()
    key_points = serializers.ListField(child=serializers.CharField())
    evidence_cutoff = serializers.CharField()
    next_review = serializers.CharField()
    review_level = serializers.CharField()
    reviewers = serializers.ListField(child=serializers.DictField())
    key_numbers = KeyNumberSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    appearances = AppearanceSerializer(many=True)
    license = serializers.CharField()


class VersionSerializer(serializers.ModelSerializer):
    document = DocumentSerializer()
    marks = MarkSerializer(many=True)

    class Meta:
        model, fields = Version, ["number", "verdict", "published_at", "content_sha256", "document", "marks"]


class ClaimSerializer(serializers.ModelSerializer):
    object = serializers.CharField(source="body.designation")
    version = VersionSerializer(source="current_version")
    runs = RunSerializer(many=True)

    class Meta:
        model, fields = Claim, ["slug", "object", "first_published_at", "version", "runs"]


class Pages(pagination.CursorPagination):
    page_size, ordering = 50, ("-first_published_at", "-id")


class Claims(generics.ListAPIView):
    queryset = (
        Claim.objects.filter(current_version__isnull=False, withdrawn_at=None)
        .select_related("body", "current_version")
        .prefetch_related(
            "runs", models.Prefetch("current_version__marks", Mark.objects.filter(cleared_at=None))
        )
    )
    serializer_class, pagination_class = ClaimSerializer, Pages


urlpatterns = [path("", Claims.as_view())]

# One image for web, worker and beat; the command says which.
FROM python:3.13-slim AS environment
WORKDIR /app
COPY requirements/boot.txt requirements/run.lock requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: --target /boot -r requirements/boot.txt \
 && UV_PYTHON_DOWNLOADS=never /boot/bin/uv venv .venv \
 && UV_PYTHON_DOWNLOADS=never /boot/bin/uv pip sync --python .venv/bin/python --no-cache \
        --compile-bytecode --require-hashes --only-binary :all: requirements/run.lock

FROM python:3.13-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 HYPERBOLE_VAR=/var/lib/hyperbole
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /var/lib/hyperbole --create-home hyperbole
COPY --from=environment /app/.venv .venv
COPY manage.py pyproject.toml ./
COPY config config
COPY claims claims
COPY ephemeris ephemeris
COPY charts charts
COPY science science
COPY templates templates
COPY static static
COPY locale locale
COPY data data
# Static files are part of the image; collecting them asks no database, no queue and no real key.
RUN state="$(mktemp -d)" \
 && HYPERBOLE_MODE=production HYPERBOLE_VAR="$state" HYPERBOLE_STATIC_ROOT=/app/static-root \
    SECRET_KEY=for-this-step-only DATABASE_URL="sqlite:///$state/none" REDIS_URL=redis://none \
    HYPERBOLE_SITE_URL=https://none.example python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf "$state"
ENV HYPERBOLE_STATIC_ROOT=/app/static-root
USER hyperbole
VOLUME /var/lib/hyperbole
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "2", "config.wsgi:application"]

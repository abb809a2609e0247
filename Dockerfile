# The site, its worker and its commands; docker-compose.yml runs them all from this image.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app

COPY requirements.txt .
RUN pip install --require-hashes --requirement requirements.txt

COPY . .
ENV STATIC_ROOT=/app/collected \
    STATICFILES_BACKEND=whitenoise.storage.CompressedManifestStaticFilesStorage \
    MEDIA_ROOT=/media
# No database and no real secret are needed to collect files; neither stays in the image.
RUN SECRET_KEY=only-while-building DATABASE_URL=postgres://nobody@nowhere/none \
        python manage.py collectstatic --no-input \
    && useradd --system --no-create-home register \
    && install --directory --owner=register --mode=0700 /media /ledger

USER register
VOLUME /media
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--workers-kill-timeout", "20", \
     "--blocking-threads", "4", "--respawn-failed-workers", "integrity.wsgi:application"]

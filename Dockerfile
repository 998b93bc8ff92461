FROM python:3.13-slim-bookworm AS wheels
WORKDIR /build
COPY pyproject.toml requirements.txt ./
# Every file is checked against its hash; of those, only what the application itself needs goes into the image.
RUN pip download --quiet --no-cache-dir --require-hashes -r requirements.txt -d wheels \
 && python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > wanted.txt \
 && python -m venv /venv \
 && /venv/bin/pip install --quiet --no-index --find-links wheels -r wanted.txt

FROM python:3.13-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin rode-draad \
 && install -d -o 10001 -g 10001 -m 0700 /backups
COPY --from=wheels /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app
COPY . .
# Static files get their final names here, with keys that are thrown away at once.
RUN python -m coaching.keys > /tmp/keys \
 && SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))") ALLOWED_HOSTS=localhost \
    SEALING_KEYS_FILE=/tmp/keys DATABASE_URL=sqlite://:memory: python manage.py collectstatic --no-input --verbosity 0 \
 && rm /tmp/keys && python -m compileall -q coaching trajectories sessions
USER 10001:10001
EXPOSE 8000
# gthread: a report takes a second, and a second page must not wait for it. Heartbeats in memory, since the root is read-only.
CMD ["gunicorn", "coaching.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]

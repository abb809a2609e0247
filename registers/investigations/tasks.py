"""What the worker does for this register on the hour."""

from django.utils import timezone

from integrity.casework.background import app
from registers.investigations import rate


@app.periodic(cron="0 * * * *")
@app.task(name="forget_senders", queue="registers", lock="forget_senders")
def _forget_senders(timestamp: int = 0) -> None:
    rate.forget(now=timezone.now())

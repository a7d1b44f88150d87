"""A cron table at a moment of its own (MOMENT): what makes events, as after a long silence."""

import os

from rq.cron import register

from jobs.sweeps import every_tenant

for job in (
    "jobs.clocks.sweep_clocks",
    "jobs.clocks.follow_notices",
    "jobs.fallback.sweep",
    "jobs.sweeps.sweep_notices",
):
    register(
        every_tenant,
        queue_name="yaoyue",
        kwargs={"job": job, "at": os.environ["MOMENT"]},
        interval=3600,
        name=f"late {job}",
    )

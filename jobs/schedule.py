"""The cron table, read by `rq cron jobs/schedule.py`. One such process; two do no harm.

Times are UTC: 22:10 here is 06:10 in Shanghai. What is missed while nothing runs is not made up
for, and need not be: every sweep goes by state.
"""

from rq.cron import register

from jobs.sweeps import every_tenant

MINUTE = 60
HOUR = 60 * MINUTE
EVERY: dict[int, tuple[str, ...]] = {  # seconds → jobs of one federation, by name
    MINUTE: (
        "jobs.sweeps.sweep_notices",
        "jobs.clocks.follow_notices",
        "jobs.imports.sweep",
        "jobs.exposures.tell",
        "jobs.digests.send_news",
    ),
    5 * MINUTE: (
        "jobs.clocks.sweep_clocks",
        "jobs.recompute.sweep",
        "jobs.forecast.resume",
        "jobs.issued.record_offers",
        "jobs.bounces.read",
        "jobs.fallback.sweep",
    ),
    HOUR: (
        "jobs.exposures.recheck",
        "jobs.contracts.take_effect",
        "jobs.contracts.end_terms",
        "jobs.contracts.watch_authorities",
        "jobs.mandates.follow",
        "jobs.disputes.sweep",
        "jobs.surveys.end",
    ),
}
DAILY: dict[str, tuple[str, ...]] = {  # minute and hour in UTC → jobs of one federation
    "10 23": ("jobs.digests.send",),
    "40 19": ("jobs.forecast.sweep",),
    "20 22": ("jobs.contracts.find_newcomers",),
}


def main() -> None:
    for seconds, jobs in EVERY.items():
        for job in jobs:
            register(
                every_tenant,
                queue_name="yaoyue",
                kwargs={"job": job},
                interval=seconds,
                ttl=seconds,
                name=job,
            )
    for moment, jobs in DAILY.items():
        for job in jobs:
            register(
                every_tenant,
                queue_name="yaoyue",
                kwargs={"job": job},
                cron=f"{moment} * * *",
                name=job,
            )


main()

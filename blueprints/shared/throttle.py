"""How often somebody may try. Counted in Valkey; sign-in stays shut when it cannot count."""

import structlog
from flask import Flask, abort, current_app, request
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis import RedisError

log = structlog.get_logger()


def init_app(app: Flask, redis_url: str) -> None:
    storage = storage_from_string(limits_address(redis_url), wrap_exceptions=False)
    app.extensions["limiter"] = MovingWindowRateLimiter(storage)


def limits_address(redis_url: str) -> str:
    return redis_url.replace("unix://", "redis+unix://", 1)


def within(limit: str, *who: str, shut: bool = False) -> bool:
    """Whether one more try fits into `limit`, such as "10/minute".

    Where Valkey cannot be reached: True, or False with `shut` (sign-in fails closed).
    """
    if not current_app.config["THROTTLE"]:
        return True
    limiter: MovingWindowRateLimiter = current_app.extensions["limiter"]
    try:
        return bool(limiter.hit(parse(limit), *who))
    except (RedisError, OSError) as error:
        log.warning("throttle unreachable", error=str(error), shut=shut)
        return not shut


def throttle(limit: str, room: str, *, shut: bool = False) -> None:
    """429 when this address has tried too often in this room."""
    if not within(limit, room, request.remote_addr or "?", shut=shut):
        abort(429)

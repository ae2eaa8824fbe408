"""Waiting for a condition, always with a deadline."""

import time


def wait_until(condition, seconds, description, interval=0.1):
    """Polls until `condition()` is true; returns its value, or fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"{description}: not within {seconds} s (last value: {value!r})"
        time.sleep(interval)


def seconds_until(condition, timeout, interval=0.1):
    """Seconds until `condition()` is true, or infinity after `timeout`."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > timeout:
            return float("inf")
        time.sleep(interval)
    return time.monotonic() - begun

"""What the commands of `app.py` share: how they load, and that an expected error is one line."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from operations.errors import OperationsError


def told(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a command of that name end with one line and code 2 where an expected error happens."""

    def make(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*args: Any, **options: Any) -> Any:
            try:
                return function(*args, **options)
            except OperationsError as error:
                click.echo(f"lianxin {name}: {error}", err=True)
                sys.exit(2)

        return run

    return make


@contextmanager
def loading() -> Iterator[None]:
    """Keep the collector still while modules are read, all of which stay: a fifth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

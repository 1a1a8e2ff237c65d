"""Many connected screens from one process: `python -m tests.bench.screens PORT COUNT`."""

import asyncio
import sys


async def screen(port: int) -> None:
    """Hold one event stream and throw away what comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"GET /api/v1/live/city HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"
    )
    await writer.drain()
    while await reader.read(65536):
        pass


async def screens(port: int, count: int) -> None:
    """Open them a few at a time and hold them until this process is ended."""
    held = []
    for _ in range(count):
        held.append(asyncio.create_task(screen(port)))
        await asyncio.sleep(0.01)
    await asyncio.gather(*held)


if __name__ == "__main__":
    asyncio.run(screens(int(sys.argv[1]), int(sys.argv[2])))

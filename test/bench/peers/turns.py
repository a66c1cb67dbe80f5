"""What the peers share: real MNIST, and turns over stdin and stdout, a JSON object a line."""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

BATCH = 128
TRAINED_ON = 55_000  # The other 5,000 of the training files are for validation, here as there.

options = json.loads(sys.argv[1])
"""`mnist`: folder of the IDX files; `threads`; `seed`; and what a peer has besides."""

# Answers go where stdout went; whatever a library prints goes to stderr.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


class Peer(Protocol):
    library: str

    def train(self, steps: int) -> float:
        """So many steps of whole batches. Returns the seconds that they took."""

    def epoch(self) -> None:
        """Every training example once, in a new order, the smaller last batch too."""

    def accuracy(self) -> float:
        """Share of the test images that are classified right, without dropout."""


def mnist(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Images [N, 28, 28] and labels [N] as bytes; part is `train` or `t10k`."""
    folder = Path(options["mnist"])
    images = np.fromfile(folder / f"{part}-images-idx3-ubyte", np.uint8)[16:].reshape(-1, 28, 28)
    labels = np.fromfile(folder / f"{part}-labels-idx1-ubyte", np.uint8)[8:]
    return (images[:TRAINED_ON], labels[:TRAINED_ON]) if part == "train" else (images, labels)


def say(answer: dict) -> None:
    print(json.dumps(answer), file=answers, flush=True)


def seconds_of(work: Callable[[], None]) -> float:
    since = time.perf_counter()
    work()
    return time.perf_counter() - since


def serve(peer: Peer) -> None:
    """Answers `{"steps": n}` with how long they took, `{"epoch": true}` with the test accuracy after it."""
    threads = options["threads"]
    say({"library": peer.library, "settings": f"{threads} thread{'s' if threads > 1 else ''}"})
    for line in sys.stdin:
        request = json.loads(line)
        if "epoch" in request:
            peer.epoch()
            say({"accuracy": peer.accuracy()})
        else:
            seconds = peer.train(request["steps"])
            examples = request["steps"] * BATCH
            say({"examples": examples, "seconds": seconds, "peakMemory": peak_memory()})


def peak_memory() -> int:
    """Most bytes that this process has had in memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024

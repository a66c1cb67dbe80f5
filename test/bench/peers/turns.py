"""What the peers share: the images, and turns over stdin and stdout, a JSON object a line."""

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

options = json.loads(sys.argv[1])
"""`network`: `seed` or `cifar`; `data`: folder of the IDX files; `validation`: how many of the last training images are kept for it,
here as there; `threads`; `seed`; and what a peer has besides."""

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


def idx(name: str) -> np.ndarray:
    """Bytes of an IDX file, in the shape that its head tells."""
    data = np.fromfile(Path(options["data"]) / name, np.uint8)
    axes = int(data[3])
    shape = data[4 : 4 + 4 * axes].view(">u4").astype(int)
    return data[4 + 4 * axes :].reshape(shape)


def examples(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Images [N, H, W, C] and labels [N] as bytes; part is `train` or `t10k`."""
    images = idx(f"{part}-images-idx3-ubyte")
    labels = idx(f"{part}-labels-idx1-ubyte")
    count = len(labels) - (options["validation"] if part == "train" else 0)
    return images.reshape(*images.shape[:3], -1)[:count], labels[:count]


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

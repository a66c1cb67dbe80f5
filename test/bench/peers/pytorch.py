"""A network in PyTorch: in float32, or with bfloat16 autocast; also channels-last, and compiled."""

from collections.abc import Iterator

import torch
import torch._inductor.config
import torch.nn.functional as F
from pytorch_networks import make_network
from torch import Tensor
from turns import BATCH, examples, options, seconds_of, serve

torch.manual_seed(options["seed"])
torch.set_num_threads(options["threads"])
layout = torch.channels_last if options["channels_last"] else torch.contiguous_format


network, optimizer = make_network(layout)

images, labels = (torch.from_numpy(values.copy()) for values in examples("train"))
# [N, H, W, C] -> [N, C, H, W], as it lies where the layout is channels-last.
images, labels = images.permute(0, 3, 1, 2).contiguous(memory_format=layout), labels.long()
TRAINED_ON = len(labels)


def epoch(whole: bool) -> Iterator[Tensor]:
    """Numbers of the examples of each batch."""
    numbers = torch.randperm(TRAINED_ON)
    return iter((numbers[: TRAINED_ON // BATCH * BATCH] if whole else numbers).split(BATCH))


def endless() -> Iterator[Tensor]:
    while True:
        yield from epoch(whole=True)


def loss_of(x: Tensor, y: Tensor) -> Tensor:
    return F.cross_entropy(network(x), y)


update = torch.compile(optimizer.step) if options["compiled"] else optimizer.step
if options["compiled"] == "all":
    # Slower than without all the same: its C++ for max pooling takes three times as long as PyTorch's own kernels.
    # That for dropout's draws does not have to: PyTorch's own are taken.
    torch._inductor.config.fallback_random = True
    loss_of = torch.compile(loss_of)


def step(numbers: Tensor) -> None:
    with torch.autocast("cpu", torch.bfloat16, enabled=options["bfloat16"]):
        loss = loss_of(images[numbers], labels[numbers])
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    update()


class PyTorch:
    library = f"PyTorch {torch.__version__}"
    batches = endless()

    def train(self, steps: int) -> float:
        def work() -> None:
            for _ in range(steps):
                step(next(self.batches))

        return seconds_of(work)

    def epoch(self) -> None:
        for numbers in epoch(whole=False):
            step(numbers)

    def accuracy(self) -> float:
        x, y = (torch.from_numpy(values.copy()) for values in examples("t10k"))
        network.eval()
        with torch.inference_mode():
            right = sum(
                int((network(x.permute(0, 3, 1, 2)).argmax(1) == y).sum())
                for x, y in zip(x.split(500), y.split(500))
            )
        network.train()
        return right / len(y)


serve(PyTorch())

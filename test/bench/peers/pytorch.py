"""The seed network in PyTorch: in float32, or with bfloat16 autocast; also channels-last, and compiled."""

from collections.abc import Iterator

import torch
import torch._inductor.config
import torch.nn.functional as F
from torch import Tensor, nn
from turns import BATCH, TRAINED_ON, mnist, options, seconds_of, serve

torch.manual_seed(options["seed"])
torch.set_num_threads(options["threads"])
layout = torch.channels_last if options["channels_last"] else torch.contiguous_format


class SeedNetwork(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        channels = [(1, 32), (32, 64), (64, 128)]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(a, b, kernel_size=3, padding=1, bias=False) for a, b in channels
        )
        self.hidden = nn.Linear(2048, 625, bias=False)
        self.scores = nn.Linear(625, 10, bias=False)
        for weight in self.parameters():
            nn.init.normal_(weight, std=0.01)

    def forward(self, x: Tensor) -> Tensor:
        """x: uint8 [N, 1, 28, 28]"""
        x = (x.float() / 255).contiguous(memory_format=layout)
        for convolution in self.convolutions:
            x = F.max_pool2d(F.relu(convolution(x)), kernel_size=2, ceil_mode=True)
            x = F.dropout(x, 0.2, self.training)
        x = F.relu(self.hidden(x.flatten(1)))
        return self.scores(F.dropout(x, 0.5, self.training))


network = SeedNetwork().to(memory_format=layout)
# PyTorch adds epsilon to the root, TensorFlow below it: 1e-5 is the root of TensorFlow's 1e-10.
optimizer = torch.optim.RMSprop(network.parameters(), lr=0.001, alpha=0.9, eps=1e-5)
for weight in network.parameters():
    # As TensorFlow 1 starts it; PyTorch itself would at zero.
    optimizer.state[weight] = {"step": torch.tensor(0.0), "square_avg": torch.ones_like(weight)}

images, labels = (torch.from_numpy(values.copy()) for values in mnist("train"))
images, labels = images[:, None], labels.long()


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
        x, y = (torch.from_numpy(values.copy()) for values in mnist("t10k"))
        network.eval()
        with torch.inference_mode():
            right = sum(
                int((network(x[:, None]).argmax(1) == y).sum())
                for x, y in zip(x.split(500), y.split(500))
            )
        network.train()
        return right / len(y)


serve(PyTorch())

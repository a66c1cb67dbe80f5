"""The networks as PyTorch modules, each with the optimizer that trains it."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from turns import options


def as_pixels(x: Tensor, layout: torch.memory_format) -> Tensor:
    """uint8 [N, C, H, W] -> float32, 0 to 1"""
    return (x.float() / 255).contiguous(memory_format=layout)


class SeedNetwork(nn.Module):
    def __init__(self, layout: torch.memory_format) -> None:
        super().__init__()
        self.layout = layout
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
        x = as_pixels(x, self.layout)
        for convolution in self.convolutions:
            x = F.max_pool2d(F.relu(convolution(x)), kernel_size=2, ceil_mode=True)
            x = F.dropout(x, 0.2, self.training)
        x = F.relu(self.hidden(x.flatten(1)))
        return self.scores(F.dropout(x, 0.5, self.training))


class CifarNetwork(nn.Module):
    def __init__(self, layout: torch.memory_format) -> None:
        super().__init__()
        self.layout = layout
        channels = [(3, 32), (32, 32), (32, 64), (64, 64), (64, 128), (128, 128)]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(a, b, kernel_size=3, padding=1, bias=False) for a, b in channels
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(b, eps=1e-3, momentum=0.1) for _, b in channels)
        self.scores = nn.Linear(128, 10)
        for convolution in self.convolutions:
            nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
        nn.init.xavier_uniform_(self.scores.weight)
        nn.init.zeros_(self.scores.bias)

    def forward(self, x: Tensor) -> Tensor:
        """x: uint8 [N, 3, 32, 32]"""
        x = as_pixels(x, self.layout)
        for k, (convolution, norm) in enumerate(zip(self.convolutions, self.norms)):
            x = F.relu(norm(convolution(x)))
            if k % 2 == 1:
                x = F.max_pool2d(x, kernel_size=2, ceil_mode=True)
        return self.scores(x.mean((2, 3)))


def make_network(layout: torch.memory_format) -> tuple[nn.Module, torch.optim.Optimizer]:
    if options["network"] == "cifar":
        network = CifarNetwork(layout).to(memory_format=layout)
        fused = options["compiled"] is None
        return network, torch.optim.Adam(network.parameters(), lr=0.001, eps=1e-7, fused=fused)
    network = SeedNetwork(layout).to(memory_format=layout)
    # PyTorch adds epsilon to the root, TensorFlow below it: 1e-5 is the root of TensorFlow's 1e-10.
    optimizer = torch.optim.RMSprop(network.parameters(), lr=0.001, alpha=0.9, eps=1e-5)
    for weight in network.parameters():
        # As TensorFlow 1 starts it; PyTorch itself would at zero.
        optimizer.state[weight] = {"step": torch.tensor(0.0), "square_avg": torch.ones_like(weight)}
    return network, optimizer

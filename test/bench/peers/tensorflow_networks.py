"""The networks as a TensorFlow program writes them: its ops, its variables, an update by its optimizer's op."""

from typing import Protocol

import tensorflow as tf
from turns import options


class Network(Protocol):
    weights: list[tf.Variable]

    def logits(self, x: tf.Tensor, training: bool) -> tf.Tensor:
        """x: float32 [N, H, W, C], 0 to 1"""

    def update(self, gradients: list[tf.Tensor]) -> None:
        """Changes the weights by one step of the optimizer."""


def slots(weights: list[tf.Variable], start: float) -> list[tf.Variable]:
    return [tf.Variable(tf.fill(weight.shape, start)) for weight in weights]


class Seed:
    def __init__(self) -> None:
        shapes = [(3, 3, 1, 32), (3, 3, 32, 64), (3, 3, 64, 128), (2048, 625), (625, 10)]
        self.weights = [tf.Variable(tf.random.normal(shape, stddev=0.01)) for shape in shapes]
        self.mean_squares, self.momenta = slots(self.weights, 1.0), slots(self.weights, 0.0)

    def logits(self, x: tf.Tensor, training: bool) -> tf.Tensor:
        drop = tf.nn.dropout if training else lambda x, rate: x
        for kernel in self.weights[:3]:
            x = tf.nn.relu(tf.nn.conv2d(x, kernel, strides=1, padding="SAME"))
            x = drop(tf.nn.max_pool2d(x, ksize=2, strides=2, padding="SAME"), rate=0.2)
        x = tf.nn.relu(tf.reshape(x, [-1, 2048]) @ self.weights[3])
        return drop(x, rate=0.5) @ self.weights[4]

    def update(self, gradients: list[tf.Tensor]) -> None:
        kept = zip(self.weights, self.mean_squares, self.momenta, gradients)
        for weight, mean_square, momentum, gradient in kept:
            tf.raw_ops.ResourceApplyRMSProp(
                var=weight.handle, ms=mean_square.handle, mom=momentum.handle, grad=gradient,
                lr=0.001, rho=0.9, momentum=0.0, epsilon=1e-10,
            )  # fmt: skip


class Cifar:
    def __init__(self) -> None:
        channels = [(3, 32), (32, 32), (32, 64), (64, 64), (64, 128), (128, 128)]
        self.kernels = [
            tf.Variable(tf.random.normal((3, 3, a, b), stddev=(2 / (9 * a)) ** 0.5))
            for a, b in channels
        ]
        self.gammas = [tf.Variable(tf.ones(b)) for _, b in channels]
        self.betas = [tf.Variable(tf.zeros(b)) for _, b in channels]
        self.means = [tf.Variable(tf.zeros(b), trainable=False) for _, b in channels]
        self.variances = [tf.Variable(tf.ones(b), trainable=False) for _, b in channels]
        limit = (6 / (128 + 10)) ** 0.5
        self.scores = tf.Variable(tf.random.uniform((128, 10), -limit, limit))
        self.bias = tf.Variable(tf.zeros(10))
        self.weights = [*self.kernels, *self.gammas, *self.betas, self.scores, self.bias]
        self.first, self.second = slots(self.weights, 0.0), slots(self.weights, 0.0)
        self.step = tf.Variable(0.0, trainable=False)

    def logits(self, x: tf.Tensor, training: bool) -> tf.Tensor:
        for k, kernel in enumerate(self.kernels):
            x = self.normalized(k, tf.nn.conv2d(x, kernel, strides=1, padding="SAME"), training)
            x = tf.nn.relu(x)
            if k % 2 == 1:
                x = tf.nn.max_pool2d(x, ksize=2, strides=2, padding="SAME")
        return tf.nn.bias_add(tf.reduce_mean(x, axis=[1, 2]) @ self.scores, self.bias)

    def normalized(self, k: int, x: tf.Tensor, training: bool) -> tf.Tensor:
        running = (self.means[k], self.variances[k])
        y, mean, variance = tf.compat.v1.nn.fused_batch_norm(
            x, self.gammas[k], self.betas[k], epsilon=1e-3, is_training=training,
            mean=None if training else running[0], variance=None if training else running[1],
        )  # fmt: skip
        if training:
            for kept, batch in zip(running, (mean, variance)):
                kept.assign_sub(0.1 * (kept - batch))
        return y

    def update(self, gradients: list[tf.Tensor]) -> None:
        step = self.step.assign_add(1.0)
        for weight, first, second, gradient in zip(self.weights, self.first, self.second, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=weight.handle, m=first.handle, v=second.handle, grad=gradient, lr=0.001,
                beta1=0.9, beta2=0.999, epsilon=1e-7, beta1_power=0.9**step, beta2_power=0.999**step,
            )  # fmt: skip


def make_network() -> Network:
    return Cifar() if options["network"] == "cifar" else Seed()

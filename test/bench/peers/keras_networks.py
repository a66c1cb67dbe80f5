"""The networks as Keras layers, each with the optimizer that trains it."""

import math

import keras
import tensorflow as tf
from tensorflow_data import STEPS_OF_EPOCH
from turns import options


def seed_layers() -> list[keras.Layer]:
    common = {"use_bias": False, "kernel_initializer": keras.initializers.RandomNormal(stddev=0.01)}

    def block(filters: int) -> list[keras.Layer]:
        return [
            keras.layers.Conv2D(filters, 3, padding="same", activation="relu", **common),
            keras.layers.MaxPooling2D(2, padding="same"),
            keras.layers.Dropout(0.2),
        ]

    return [
        keras.Input([28, 28, 1]),
        keras.layers.Rescaling(1 / 255),
        *block(32), *block(64), *block(128),
        keras.layers.Flatten(),
        keras.layers.Dense(625, activation="relu", **common),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(10, dtype="float32", **common),
    ]  # fmt: skip


def cifar_layers() -> list[keras.Layer]:
    # He's start as it was published; `HeNormal` would cut the normal distribution off.
    start = keras.initializers.VarianceScaling(2.0, "fan_in", "untruncated_normal")

    def normalized(filters: int) -> list[keras.Layer]:
        return [
            keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer=start),
            keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-3),
            keras.layers.ReLU(),
        ]

    def block(filters: int) -> list[keras.Layer]:
        pooling = keras.layers.MaxPooling2D(2, padding="same")
        return [*normalized(filters), *normalized(filters), pooling]

    moved = [
        keras.layers.RandomFlip("horizontal"),
        # An eighth of the image, and background where it was.
        keras.layers.RandomTranslation(0.125, 0.125, fill_mode="constant", interpolation="nearest"),
    ]
    return [
        keras.Input([32, 32, 3]),
        keras.layers.Rescaling(1 / 255),
        *(moved if options.get("augmented") else []),
        *block(32), *block(64), *block(128),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(10, dtype="float32"),
    ]  # fmt: skip


class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """From a 25th of the peak up to it and down to almost nothing, along half a cosine each, as PyTorch's OneCycleLR has it."""

    def __init__(self, peak: float, steps: int) -> None:
        self.peak, self.steps = peak, steps

    def __call__(self, step: tf.Tensor) -> tf.Tensor:
        share = tf.minimum(tf.cast(step, tf.float32) / (self.steps - 1), 1.0)

        def anneal(a: float, b: float, part: tf.Tensor) -> tf.Tensor:
            return b + (a - b) * (1 + tf.cos(math.pi * part)) / 2

        rise, fall = anneal(1 / 25, 1.0, share / 0.3), anneal(1.0, 4e-6, (share - 0.3) / 0.7)
        return self.peak * tf.where(share < 0.3, rise, fall)


def make_network() -> tuple[list[keras.Layer], keras.Optimizer]:
    if options["network"] == "seed":
        return seed_layers(), keras.optimizers.RMSprop(0.001, rho=0.9, epsilon=1e-10)
    epochs = options.get("epochs")
    rate = OneCycle(0.005, epochs * STEPS_OF_EPOCH) if epochs else 0.001
    return cifar_layers(), keras.optimizers.Adam(rate, epsilon=1e-7)

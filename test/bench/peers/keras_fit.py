"""The seed network in Keras: a turn is one call of `fit`."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import time

import keras
import tensorflow as tf
from tensorflow_data import STEPS_OF_EPOCH, endless, epochs
from turns import mnist, options, serve

AT_ONCE = 10
"""Steps that `fit` does before it comes back to Python; only multiples of them can be asked for."""

keras.utils.set_random_seed(options["seed"])
if options["bfloat16"] == "automatic":
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})
elif options["bfloat16"] == "policy":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")

start = keras.initializers.RandomNormal(stddev=0.01)
common = {"use_bias": False, "kernel_initializer": start}


def block(filters: int) -> list[keras.Layer]:
    return [
        keras.layers.Conv2D(filters, 3, padding="same", activation="relu", **common),
        keras.layers.MaxPooling2D(2, padding="same"),
        keras.layers.Dropout(0.2),
    ]


model = keras.Sequential([
    keras.Input([28, 28, 1]),
    keras.layers.Rescaling(1 / 255),
    *block(32), *block(64), *block(128),
    keras.layers.Flatten(),
    keras.layers.Dense(625, activation="relu", **common),
    keras.layers.Dropout(0.5),
    keras.layers.Dense(10, dtype="float32", **common),
])  # fmt: skip
model.compile(
    keras.optimizers.RMSprop(learning_rate=0.001, rho=0.9, epsilon=1e-10),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    steps_per_execution=AT_ONCE,
    jit_compile=options["jit_compile"],
)


class Clock(keras.callbacks.Callback):
    """Notes when steps were done."""

    def on_train_begin(self, logs: dict | None = None) -> None:
        self.times: list[float] = []

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        self.times.append(time.perf_counter())


class Keras:
    library = f"Keras {keras.__version__}"

    def train(self, steps: int) -> float:
        # `fit` begins with a new iterator and an order of all examples: the clock starts after its first steps.
        clock = Clock()
        model.fit(endless, steps_per_epoch=AT_ONCE + steps, verbose=0, callbacks=[clock])
        return clock.times[-1] - clock.times[0]

    def epoch(self) -> None:
        model.fit(epochs, steps_per_epoch=STEPS_OF_EPOCH, verbose=0)

    def accuracy(self) -> float:
        x, y = mnist("t10k")
        return float((model.predict(x[..., None], batch_size=500, verbose=0).argmax(1) == y).mean())


serve(Keras())

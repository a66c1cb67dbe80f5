"""A network in Keras: a turn is one call of `fit`."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import time

import keras
import tensorflow as tf
from keras_networks import make_network
from tensorflow_data import STEPS_OF_EPOCH, endless, epochs
from turns import examples, options, serve

AT_ONCE = 10
"""Steps that `fit` does before it comes back to Python; only multiples of them can be asked for."""

keras.utils.set_random_seed(options["seed"])
if options["bfloat16"] == "automatic":
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})
elif options["bfloat16"] == "policy":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")

layers, optimizer = make_network()
model = keras.Sequential(layers)
model.compile(
    optimizer,
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
        x, y = examples("t10k")
        return float((model.predict(x, batch_size=500, verbose=0).argmax(1) == y).mean())


serve(Keras())

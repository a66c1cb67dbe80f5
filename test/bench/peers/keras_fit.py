"""The seed network in Keras: a turn is one call of `fit`."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
from tensorflow_data import STEPS_OF_EPOCH, endless, epochs
from turns import mnist, options, serve

keras.utils.set_random_seed(options["seed"])

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
    keras.layers.Dense(10, **common),
])  # fmt: skip
model.compile(
    keras.optimizers.RMSprop(learning_rate=0.001, rho=0.9, epsilon=1e-10),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    steps_per_execution=10,
)


class Keras:
    version = f"Keras {keras.__version__}"

    def train(self, steps: int) -> None:
        model.fit(endless, steps_per_epoch=steps, verbose=0)

    def epoch(self) -> None:
        model.fit(epochs, steps_per_epoch=STEPS_OF_EPOCH, verbose=0)

    def accuracy(self) -> float:
        x, y = mnist("t10k")
        return float((model.predict(x[..., None], batch_size=500, verbose=0).argmax(1) == y).mean())


serve(Keras())

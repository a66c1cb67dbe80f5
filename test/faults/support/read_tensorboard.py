"""Prints the scalars that TensorBoard's own readers find below a folder: {reader: {run: {tag: [[step, value], ...]}}}."""

import json
import sys

from tensorboard.backend.event_processing import plugin_event_multiplexer
from tensorboard.context import RequestContext
from tensorboard.data import server_ingester
from tensorboard.util import grpc_util, tensor_util

folder = sys.argv[1]


def by_python():
    multiplexer = plugin_event_multiplexer.EventMultiplexer(
        tensor_size_guidance={"scalars": 0}
    )
    multiplexer.AddRunsFromDirectory(folder)
    multiplexer.Reload()
    return {
        run: {
            tag: [
                [event.step, float(tensor_util.make_ndarray(event.tensor_proto))]
                for event in multiplexer.Tensors(run, tag)
            ]
            for tag in tags["tensors"]
        }
        for run, tags in multiplexer.Runs().items()
    }


def by_data_server():
    """The one that `tensorboard --logdir` takes where it can. It listens on the loopback alone."""
    ingester = server_ingester.SubprocessServerDataIngester(
        server_binary=server_ingester.get_server_binary(),
        logdir=folder,
        reload_interval=0,
        channel_creds_type=grpc_util.ChannelCredsType.LOCAL,
        samples_per_plugin={"scalars": 0},
    )
    ingester.start()
    found = ingester.data_provider.read_scalars(
        RequestContext(),
        experiment_id="",
        plugin_name="scalars",
        downsample=1_000_000,
    )
    return {
        run: {tag: [[each.step, each.value] for each in data] for tag, data in tags.items()}
        for run, tags in found.items()
    }


print(json.dumps({"python": by_python(), "data server": by_data_server()}))

import type { LayerConfig, RunConfig } from '../../shared/config.ts';
import { elementCount, networkShape, type ExampleShape } from '../../shared/network-shape.ts';
import { compile } from '../../main/trainer/graph/compile.ts';
import { filledSize, layoutOf, WIDEST } from '../../main/trainer/graph/layout.ts';
import { Session } from '../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../main/trainer/tensorflow/feeds.ts';
import { image } from './gradients.ts';
import { dense, flatten } from './networks.ts';

/**
 * The engine's own dropout masks. A mask is a function of seed, step, number of the dropout, and size; so a network of little else
 * than a dropout of that size and number shows it.
 */

/** What is kept in the first step, [examples, units] as it was drawn. */
async function drawn(
  config: RunConfig,
  draw: number,
  rate: number,
  units: number,
  examples: number,
): Promise<boolean[]> {
  const before = Array.from({ length: draw }, (): LayerConfig => ({ type: 'dropout', rate: 0 }));
  const classes = examples + 1;
  const scores = dense(classes, { bias: false, start: { type: 'zeros' } });
  const layers = [flatten, ...before, { type: 'dropout', rate } as const, scores];
  const probe = { ...config, network: { name: 'probe', layers } };
  const row = { height: units, width: 1, channels: 1, classes };
  const session = await Session.open(compile(probe, 'float32', row));
  session.start();
  // All ones, each example of a class of its own, no weights yet: the step moves a unit's weight to that class, beside the one to the
  // class of no example, by 1 / examples if it is kept, by nothing if it is dropped.
  const labels = Uint8Array.from({ length: examples }, (_, n) => n);
  const images = new Uint8Array(examples * units).fill(255);
  session.train({ images, labels, size: examples }, 0, fedNumbers(probe, 1));
  const moved = session.variables().get('dense_1/weights')!;
  session.close();
  return Array.from({ length: examples * units }, (_, k) => {
    const [n, unit] = [Math.floor(k / units), k % units];
    return moved[unit * classes + n]! - moved[unit * classes + examples]! > 0.5 / examples;
  });
}

/** Of what was drawn for images side by side, column by column, the first `examples` in the order of a batch. */
function inOrder(
  mask: readonly boolean[],
  [height, width = 1, channels = 1]: ExampleShape,
  sideBySide: number,
  examples: number,
): boolean[] {
  const units = height * width * channels;
  return Array.from({ length: examples * units }, (_, k) => {
    const [n, pixel, channel] = [Math.floor(k / units), Math.floor(k / channels), k % channels];
    const group = Math.floor(n / sideBySide) * height * width + (pixel % (height * width));
    return mask[(group * sideBySide + (n % sideBySide)) * channels + channel]!;
  });
}

/** For each dropout of a network, which units of the first step's batch the engine keeps, [examples, …units]. */
export async function engineMasks(config: RunConfig, examples: number): Promise<boolean[][]> {
  const { height, width, channels, classes } = image;
  const network = networkShape(config.network.layers, [height, width, channels], classes);
  const layout = layoutOf(network, config.data.batchSize, WIDEST);
  const filled = filledSize(examples, layout);
  const dropouts = network.layers.flatMap(({ layer, output }) =>
    layer.type === 'dropout' ? [{ rate: layer.rate, output }] : [],
  );
  return Promise.all(
    dropouts.map(async ({ rate, output }, draw) => {
      const mask = await drawn(config, draw, rate, elementCount(output), filled);
      return inOrder(mask, output, output.length === 1 ? 1 : layout.sideBySide, examples);
    }),
  );
}

import type { RunConfig } from '../../shared/config.ts';
import { FailureError } from '../../shared/ipc.ts';
import { readIndex } from './checkpoint/bundle/read.ts';
import type { Checkpoint } from './checkpoint/reading.ts';
import type { Dataset } from './data/dataset.ts';
import type { CompiledGraph } from './graph/compiled-graph.ts';
import { differences } from './weights-from.ts';

/** The layers without what may change from one start to the next: dropout rates and weight starts. */
const architecture = (config: RunConfig): string =>
  JSON.stringify(
    config.network.layers.map((layer) => {
      if (layer.type === 'dropout') return { type: layer.type };
      return 'start' in layer ? { ...layer, start: null } : layer;
    }),
  );

/** Enough to see what is different, few enough to read. */
const MOST_LINES = 6;

function inWhat(lines: readonly string[]): string {
  if (lines.length === 0) return 'Its variables have the same shapes, but are used otherwise.';
  const more = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).join('; ');
  return `Variables that differ: ${shown}${more > 0 ? `; and ${more} more` : ''}.`;
}

/**
 * Checks that a run can go on from a checkpoint: same network, same data, same order of the data.
 * Epochs, steps, batch size, rate, dropout and precision may have changed.
 * @throws FailureError naming what differs
 */
export async function checkContinues(
  { prefix, record }: Checkpoint,
  config: RunConfig,
  dataset: Dataset,
  graph: CompiledGraph,
): Promise<void> {
  const differ = (name: string, was: string, asked: string, path = name): FailureError =>
    new FailureError({
      what: `The checkpoint was trained with ${name} ${was}, but ${asked} is asked for.`,
      where: prefix,
      remedy: `Choose another checkpoint folder for a new run, or ${path} ${was} to go on with this one.`,
    });
  const before = record.config;
  if (before.training.seed !== config.training.seed)
    throw differ(
      'seed',
      String(before.training.seed),
      String(config.training.seed),
      'training.seed',
    );
  if (architecture(before) !== architecture(config)) {
    const lines = differences(await readIndex(`${prefix}.index`), graph.variables);
    throw new FailureError({
      what: `The checkpoint was trained with network “${before.network.name}”, but “${config.network.name}”, with other layers, is asked for. ${inWhat(lines)}`,
      where: prefix,
      remedy:
        'Choose another checkpoint folder for a new run; it can take the weights that match from this checkpoint (--weights-from). Or ask for the network as it was, to go on with this one.',
    });
  }
  if (before.optimizer.rule.type !== config.optimizer.rule.type)
    throw differ('optimizer', before.optimizer.rule.type, config.optimizer.rule.type);
  if (before.data.validationSize !== config.data.validationSize)
    throw differ(
      'validation size',
      String(before.data.validationSize),
      String(config.data.validationSize),
      'data.validationSize',
    );
  if (record.datasetHash !== dataset.hash)
    throw differ(
      'dataset',
      `“${before.data.dataset}” as it was then`,
      `“${config.data.dataset}”, with other images,`,
    );
}

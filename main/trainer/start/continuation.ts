import type { RunConfig } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { mixedText } from '../../../shared/mixed-drawings.ts';
import { readIndex } from '../checkpoint/bundle/read.ts';
import type { Checkpoint } from '../checkpoint/reading.ts';
import { identityDifference } from '../checkpoint/run-identity.ts';
import type { Dataset } from '../data/dataset.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import { variableDifferences } from './variable-differences.ts';

/** Enough to see what is different, few enough to read. */
const MOST_LINES = 6;

function differencesText(lines: readonly string[]): string {
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
  const difference = identityDifference(record, { config, datasetHash: dataset.hash });
  if (!difference) return;
  const { path, name, was, asked } = difference;
  if (path === 'network') {
    const lines = variableDifferences(await readIndex(`${prefix}.index`), graph.variables);
    throw new FailureError({
      what: `The checkpoint was trained with network ${was}, but ${asked} is asked for. ${differencesText(lines)}`,
      where: prefix,
      remedy:
        'Choose another checkpoint folder for a new run; it can take the weights that match from this checkpoint (--weights-from). Or ask for the network as it was, to go on with this one.',
    });
  }
  if (path === 'data.leftOut')
    throw new FailureError({
      what: `The run began with other images left out of training (${was}) than are asked for (${asked}).`,
      where: prefix,
      remedy:
        'Choose another checkpoint folder for a new run. Or leave out the images that it began with, to go on with this one.',
    });
  if (path.startsWith('data.ownDrawings'))
    throw new FailureError({
      what: `The run began with other drawings of your own (${mixedText(record.config.data.ownDrawings)}) than are asked for (${mixedText(config.data.ownDrawings)}).`,
      where: prefix,
      remedy:
        'Choose another checkpoint folder for a new run; it can take the weights that match from this checkpoint (--weights-from, or “Take its weights into a new folder…” in Set up). Or ask for those that it began with, at the weight that they had, to go on with this one.',
    });
  throw new FailureError({
    what: `The checkpoint was trained with ${name} ${was}, but ${asked} is asked for.`,
    where: prefix,
    remedy: `Choose another checkpoint folder for a new run, or ${path} ${was} to go on with this one.`,
  });
}

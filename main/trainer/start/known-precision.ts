import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { RunConfig } from '../../../shared/config.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import type { Dataset } from '../data/dataset.ts';
import { cacheFolder, madeFolder } from '../files/temporary-folder.ts';
import { threadsToUse } from '../tensorflow/environment.ts';
import { tensorFlowVersion } from '../tensorflow/tensorflow.ts';
import { fasterPrecision, type PrecisionChoice } from './precision.ts';

/**
 * What was measured of the precisions is kept in the person's cache folder: the next run of the same network on the same machine need not
 * wait a second or two for it, and is trained in the same precision. Nothing there is needed: what is damaged or missing is measured again.
 */

const MOST_KEPT = 200;

const choiceSchema = v.strictObject({
  precision: v.picklist(['float32', 'bfloat16']),
  reason: v.string(),
});
/** By what it was measured for, the newest last. */
const knownSchema = v.record(v.string(), choiceSchema);
type Known = v.InferOutput<typeof knownSchema>;

/** As `fasterPrecision`; measured once for a network on a machine. */
export async function knownPrecision(
  config: RunConfig,
  dataset: Dataset,
  image: ImageShape,
): Promise<PrecisionChoice> {
  const key = keyOf(config, dataset, image);
  const before = readKnown()[key];
  if (before) return before;
  const choice = await fasterPrecision(config, dataset, image);
  keep(key, choice);
  return choice;
}

/** What a step's time depends on: the machine, the library, and the graph. */
function keyOf({ network, optimizer, data }: RunConfig, { train }: Dataset, image: ImageShape) {
  const [processor] = cpus();
  const machine = [process.platform, processor?.model, cpus().length, threadsToUse()];
  const size = Math.min(data.batchSize, train.count);
  const { layers } = network;
  const graph = [layers, optimizer.rule.type, size, data.augmentation, image];
  return createHash('sha256')
    .update(JSON.stringify([machine, tensorFlowVersion(), graph]))
    .digest('hex');
}

const fileOf = (folder: string): string => join(folder, 'precisions.json');

function readKnown(): Known {
  try {
    return v.parse(knownSchema, JSON.parse(readFileSync(fileOf(cacheFolder()), 'utf8')));
  } catch {
    return {};
  }
}

/** Where that is impossible, it is measured again next time. */
function keep(key: string, choice: PrecisionChoice): void {
  try {
    const file = fileOf(madeFolder(cacheFolder()));
    const kept = Object.entries(readKnown()).slice(1 - MOST_KEPT);
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(Object.fromEntries([...kept, [key, choice]])));
    renameSync(unfinished, file);
  } catch {
    // A cache that cannot be written is none.
  }
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { RunConfig } from '../../../shared/config.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import type { Dataset } from '../data/dataset.ts';
import { makeFolders, replaceFile } from '../files/durable-files.ts';
import { cacheFolder } from '../files/temporary-folder.ts';
import { threadsToUse } from '../tensorflow/environment.ts';
import { lacksBfloat16 } from '../tensorflow/layout-support.ts';
import { tensorFlowVersion } from '../tensorflow/tensorflow.ts';
import {
  choiceOf,
  measurePrecisions,
  type PrecisionChoice,
  type PrecisionTimes,
} from './precision.ts';

/**
 * What was measured of the precisions is kept in the person's cache folder: the next run of the same network on the same machine need not
 * wait a second or two for it, and is trained in the same precision. Nothing there is needed: what is damaged or missing is measured again.
 */

const MOST_KEPT = 200;

/** By what it was measured for, the newest last. */
const knownSchema = v.record(
  v.string(),
  v.strictObject({ float32: v.number(), bfloat16: v.number() }),
);
type Known = v.InferOutput<typeof knownSchema>;

/** The faster precision, measured once for a network on a machine, where one could expect either. */
export async function knownPrecision(
  config: RunConfig,
  dataset: Dataset,
  image: ImageShape,
): Promise<PrecisionChoice> {
  if (await lacksBfloat16())
    return { precision: 'float32', reason: 'This processor has no instructions for bfloat16.' };
  const key = keyOf(config, dataset, image);
  const before = (await readKnown())[key];
  if (before) return choiceOf(before);
  const times = await measurePrecisions(config, dataset, image);
  await keep(key, times);
  return choiceOf(times);
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

const fileName = (): string => join(cacheFolder(), 'precisions.json');

async function readKnown(): Promise<Known> {
  try {
    return v.parse(knownSchema, JSON.parse(await readFile(fileName(), 'utf8')));
  } catch {
    return {};
  }
}

/** Where that is impossible, it is measured again next time. */
async function keep(key: string, times: PrecisionTimes): Promise<void> {
  try {
    const kept = Object.entries(await readKnown()).slice(1 - MOST_KEPT);
    await makeFolders(cacheFolder());
    await replaceFile(fileName(), JSON.stringify(Object.fromEntries([...kept, [key, times]])));
  } catch {
    // A cache that cannot be written is none.
  }
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  dataPaths,
  openBundle,
  readFloats,
  readWhole,
} from '../../main/trainer/checkpoint/bundle/read.ts';
import { writeBundle, type Tensor } from '../../main/trainer/checkpoint/bundle/write.ts';
import { recordSchema } from '../../main/trainer/checkpoint/record.ts';
import * as v from 'valibot';

/**
 * Flips a bit of one number of a checkpoint, and makes all checksums right: nothing but its fingerprint tells.
 * @param variable whose first number it is
 * @param bit from 0, the lowest
 */
export async function alterCheckpoint(
  folder: string,
  name: string,
  variable: string,
  bit = 0,
): Promise<void> {
  const prefix = join(folder, name);
  const bundle = await openBundle(prefix);
  const [data = ''] = dataPaths(bundle);
  const floats = await readFloats(data, bundle.variables);
  const bits = new Int32Array(floats.get(variable)!.buffer);
  bits[0]! ^= 1 << bit;
  const tensors: Tensor[] = [];
  for (const [each, { shape }] of bundle.variables) {
    const whole = BigInt64Array.of(BigInt((await readWhole(bundle, each)) ?? 0));
    tensors.push({ name: each, shape, values: floats.get(each) ?? whole });
  }
  const files = await writeBundle({ data, index: `${prefix}.index` }, tensors);
  const record = v.parse(recordSchema, JSON.parse(readFileSync(`${prefix}.json`, 'utf8')));
  writeFileSync(`${prefix}.json`, JSON.stringify({ ...record, files }));
}

import { describe, expect, it } from 'vitest';
import type { WeightStart } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { image } from '../../support/gradients.ts';
import { dense, descent, flatten } from '../../support/networks.ts';

/** How weights begin, as TensorFlow draws them. */

const INPUTS = image.height * image.width;
const UNITS = 2000;

async function drawn(
  start: WeightStart,
  seed = 1,
): Promise<{ first: Float32Array; second: Float32Array }> {
  const config = descent([flatten, dense(UNITS, { start }), dense(10, { start })]);
  const session = await Session.open(
    compile({ ...config, training: { ...config.training, seed } }, 'float32', image),
  );
  session.start();
  const values = session.variables();
  session.close();
  return {
    first: values.get('dense_1/weights') ?? new Float32Array(),
    second: values.get('dense_2/weights') ?? new Float32Array(),
  };
}

const deviation = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('weights start', () => {
  it.each<[string, WeightStart, number]>([
    ['normal', { type: 'normal', deviation: 0.01 }, 0.01],
    ['He', { type: 'he' }, Math.sqrt(2 / INPUTS)],
    ['Glorot', { type: 'glorot' }, Math.sqrt(2 / (INPUTS + UNITS))],
    // A normal cut off at two deviations has 0.8796 of its deviation left.
    ['truncated normal', { type: 'truncated-normal', deviation: 0.1 }, 0.08796],
  ])('%s, with the deviation that is meant', async (_, start, expected) => {
    const { first } = await drawn(start);
    expect(first).toHaveLength(INPUTS * UNITS);
    expect(deviation(first) / expected).toBeCloseTo(1, 2);
    expect(Math.abs(first.reduce((a, b) => a + b, 0) / first.length)).toBeLessThan(expected / 50);
  });

  it('within bounds where there are bounds', async () => {
    const limit = Math.sqrt(6 / (INPUTS + UNITS));
    expect(Math.max(...(await drawn({ type: 'glorot' })).second.map(Math.abs))).toBeLessThanOrEqual(
      Math.sqrt(6 / (UNITS + 10)),
    );
    expect((await drawn({ type: 'glorot' })).first.every((w) => Math.abs(w) <= limit)).toBe(true);
    const cut = (await drawn({ type: 'truncated-normal', deviation: 0.1 })).first;
    expect(cut.every((w) => Math.abs(w) <= 0.2)).toBe(true);
    expect((await drawn({ type: 'zeros' })).first.every((w) => w === 0)).toBe(true);
  });

  it('from the seed alone, each layer with its own', async () => {
    const start = { type: 'normal', deviation: 1 } as const;
    const [one, again, other] = [await drawn(start), await drawn(start), await drawn(start, 2)];
    expect(again.first).toEqual(one.first);
    expect(other.first).not.toEqual(one.first);
    expect(one.second.slice(0, 100)).not.toEqual(one.first.slice(0, 100));
  });
});

it('the seed network has TensorFlow 1’s slots: the mean square starts at one', async () => {
  const session = await Session.open(
    compile(seedRun(), 'float32', { height: 28, width: 28, channels: 1, classes: 10 }),
  );
  session.start();
  const values = session.variables();
  session.close();
  expect([...values.keys()].filter((name) => name.endsWith('weights'))).toHaveLength(5);
  expect(values.get('dense_2/weights/RMSProp')?.every((value) => value === 1)).toBe(true);
  expect(values.get('dense_2/weights/Momentum')?.every((value) => value === 0)).toBe(true);
  expect(deviation(values.get('dense_1/weights') ?? new Float32Array()) / 0.01).toBeCloseTo(1, 2);
});

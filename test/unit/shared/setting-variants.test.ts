import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { layerSchema, runConfigSchema } from '../../../shared/config.ts';
import { rateSchedules, updateRules, weightStarts } from '../../../shared/fields/choices.ts';
import { seedRun } from '../../../shared/presets.ts';
import { usualLayer, withType } from '../../../shared/setting-variants.ts';

const types = layerSchema.options.map(({ entries }) => entries.type.literal);

describe('a layer as it usually is', () => {
  it.each(types)('of type %s is one that a run may have', (type) => {
    const layer = usualLayer(type);
    expect(layer.type).toBe(type);
    expect(v.is(layerSchema, layer)).toBe(true);
  });
});

const changes = [
  ...updateRules.map((type) => ['optimizer.rule', type] as const),
  ...rateSchedules.map((type) => ['optimizer.schedule', type] as const),
  ...weightStarts.map((type) => ['network.layers.0.start', type] as const),
];

it.each(changes)('%s may become %s, and the run is still one', (path, type) => {
  const changed = withType(seedRun(), path, type);
  expect(v.safeParse(runConfigSchema, changed).issues).toBeUndefined();
  const back = withType(changed, path, String(valueOfType(path)));
  expect(valueOfType(path, back)).toBe(valueOfType(path));
});

const valueOfType = (path: string, config = seedRun()): unknown => {
  if (path === 'optimizer.rule') return config.optimizer.rule.type;
  if (path === 'optimizer.schedule') return config.optimizer.schedule.type;
  const [layer] = config.network.layers;
  return layer && 'start' in layer ? layer.start.type : null;
};

it('what two types have alone stays', () => {
  const adam = withType(seedRun(), 'optimizer.rule', 'adam');
  const tuned = {
    ...adam,
    optimizer: { ...adam.optimizer, rule: { ...adam.optimizer.rule, beta1: 0.8 } },
  };
  expect(withType(tuned as never, 'optimizer.rule', 'adamw').optimizer.rule).toMatchObject({
    type: 'adamw',
    beta1: 0.8,
  });
  expect(adam.optimizer.rule).toMatchObject({ beta1: 0.9, epsilon: 1e-7 });
});

it('what has no type is refused', () => {
  expect(() => withType(seedRun(), 'training', 'adam')).toThrow('training has no type');
  expect(() => withType(seedRun(), 'network.layers.1.start', 'he')).toThrow('has no type');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualCheckpoints, type RunConfig } from '../../../shared/config.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { ArgumentError, checkConfig } from '../../../main/trainer/config-file.ts';

const inFile = (path: string): string => `FILE.json: ${path}`;

/** What the check says; null where it takes the configuration. */
function refusal(config: unknown): string | null {
  try {
    checkConfig(config, inFile);
    return null;
  } catch (error) {
    if (error instanceof ArgumentError) return error.message;
    throw error;
  }
}

type Path = readonly (string | number)[];

/** Every value of a configuration that holds no others, by its path. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** And every object, which takes no key that it does not know. */
function objects(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, of]) =>
    objects(of, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? inner : [path, ...inner];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown>)[key],
    value,
  );
}

function withValue(config: RunConfig, path: Path, value: unknown): unknown {
  const copy = structuredClone(config);
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  parent[path.at(-1)!] = value;
  return copy;
}

/** Everything that can be set, in some preset or here. */
const whole: RunConfig[] = [
  ...Object.values(presets).map((preset) => preset()),
  {
    ...seedRun(),
    optimizer: {
      ...seedRun().optimizer,
      rule: { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      schedule: { type: 'step', everyEpochs: 3, factor: 0.5 },
      clipNorm: 1,
      reduceOnPlateau: { patience: 2, minimumGain: 0, factor: 0.5 },
    },
    data: {
      ...seedRun().data,
      augmentation: {
        shift: 2,
        rotate: 10,
        scale: 0.1,
        shear: 5,
        elastic: { strength: 1, smoothness: 4 },
      },
    },
    training: { ...seedRun().training, earlyStopping: { patience: 3, minimumGain: 0 } },
    checkpoints: { ...usualCheckpoints, keepEveryEpochs: 5, everySteps: 100, everyMinutes: 10 },
  },
];

const cases = whole.flatMap((config) => leaves(config).map((path) => ({ config, path })));
const dotted = (path: Path): string => path.join('.');

function expectNamed(message: string | null, path: Path): void {
  const name = dotted(path);
  // Where a kind is chosen, or one of several shapes, the name may end at what holds it.
  const names = [name, dotted(path.slice(0, -1)), dotted(path.slice(0, -2))];
  expect(message, name).not.toBeNull();
  expect(
    names.filter((each) => each !== '').some((each) => message?.includes(each)),
    message ?? '',
  ).toBe(true);
}

describe('a configuration', () => {
  it('without a setting is refused by naming it', () => {
    const { optimizer, ...rest } = seedRun();
    const { clipNorm, ...others } = optimizer;
    expect(clipNorm).toBeNull();
    expect(refusal({ ...rest, optimizer: others })).toBe(
      'FILE.json: optimizer.clipNorm: this setting is missing.',
    );
  });

  it('of every preset is taken as it is', () => {
    for (const config of whole) expect(checkConfig(config, inFile)).toEqual(config);
  });

  it('of an earlier version, without what has come since, is taken with what was usual then', () => {
    const { checkpoints, ...old } = seedRun();
    const { augmentation, ...data } = old.data;
    const { diagnosticsEvery, ...training } = old.training;
    expect([checkpoints, augmentation, diagnosticsEvery]).toEqual([usualCheckpoints, null, 50]);
    expect(checkConfig({ ...old, data, training }, inFile)).toEqual(seedRun());
  });

  it('with anything else in any place is refused by naming the place', () => {
    const wrong = fc.oneof(
      // No place takes a negative number.
      fc.constantFrom<unknown>(NaN, Infinity, -Infinity, -1, -1e300, undefined),
      fc.constantFrom<unknown>([], {}, 'no such word', '12', Symbol.iterator.toString(), () => 1),
      fc.bigInt(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...cases), wrong, ({ config, path }, value) => {
        // A name may be any text, and a folder too; the default takes the place of nothing.
        fc.pre(
          !(typeof value === 'string' && /^(network\.name|data\.dataset)$/.test(dotted(path))),
        );
        fc.pre(!(value === undefined && isOptional(path)));
        expectNamed(refusal(withValue(config, path, value)), path);
      }),
      { numRuns: 3000 },
    );
  });

  it('with a key that is not known is refused by naming it', () => {
    const places = whole.flatMap((config) => objects(config).map((path) => ({ config, path })));
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.string({ minLength: 1 }).filter((key) => /^[a-z]+$/i.test(key)),
        ({ config, path }, key) => {
          fc.pre(!(key in (at(config, path) as object)));
          const copy = structuredClone(config);
          (at(copy, path) as Record<string, unknown>)[key] = 1;
          // A padding is one of three kinds: its place is named, and what it may be.
          expect(refusal(copy)).toContain(path.at(-1) === 'padding' ? 'padding must be' : key);
        },
      ),
    );
  });

  it('that is any JSON at all is taken or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(refusal(value)).toMatch(/FILE\.json/);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[Path, unknown, RegExp]>([
    [['training', 'epochs'], 1e9, /training\.epochs 1000000000: epochs must be at most 100000/],
    [
      ['optimizer', 'learningRate'],
      0,
      /optimizer\.learningRate 0: learningRate must be greater than 0/,
    ],
    [['optimizer', 'learningRate'], -0.1, /optimizer\.learningRate -0\.1: .*greater than 0/],
    [
      ['optimizer', 'learningRate'],
      Infinity,
      /optimizer\.learningRate Infinity: learningRate must be finite/,
    ],
    [['data', 'batchSize'], 1.5, /data\.batchSize 1\.5: batchSize must be a whole number/],
    [['network', 'layers'], [], /network\.layers.*must not be empty/],
    [
      ['network', 'layers', 0, 'padding'],
      'most',
      /network\.layers\.0\.padding "most": padding must be "same"/,
    ],
    [
      ['network', 'layers', 0, 'kernel', 1],
      0,
      /network\.layers\.0\.kernel\.1 0: kernel width must be at least 1/,
    ],
    [
      ['optimizer', 'clip'],
      1,
      /optimizer\.clip 1: there is no such setting here; there are rule, learning/,
    ],
    [
      ['optimizer', 'clipNorm'],
      undefined,
      /optimizer\.clipNorm undefined: clipNorm must be a number/,
    ],
    [
      ['network', 'layers', 0, 'type'],
      'conv',
      /layers\.0\.type "conv": type must be one of convolution, p/,
    ],
    [
      ['network', 'layers', 0, 'activation'],
      'swish',
      /"swish": activation must be one of relu, leaky-relu/,
    ],
    [
      ['network', 'layers', 0, 'kernel'],
      3,
      /layers\.0\.kernel 3: kernel must be \[height, width\]/,
    ],
    [['network', 'layers', 0, 'bias'], 1, /layers\.0\.bias 1: bias must be true or false/],
    [['network', 'layers'], {}, /network\.layers Object: layers must be a list/],
    [
      ['optimizer', 'rule', 'type'],
      'adagrad',
      /must be one of rmsprop, sgd, momentum, nesterov, adam, adamw/,
    ],
    [['optimizer'], null, /optimizer null: must be an object with the settings rule/],
    [['data', 'augmentation'], 5, /data\.augmentation 5/],
    [['checkpoints', 'keep'], 0, /checkpoints\.keep 0: keep must be at least 1/],
  ])('%j = %j says what is allowed', (path, value, message) => {
    expect(refusal(withValue(seedRun(), path, value))).toMatch(message);
  });
});

const isOptional = (path: Path): boolean =>
  path[0] === 'checkpoints' || /diagnosticsEvery|augmentation$/.test(dotted(path));

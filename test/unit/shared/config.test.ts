import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualCheckpoints, type RunConfig } from '../../../shared/config.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { ArgumentError, checkConfig } from '../../../main/trainer/terminal/config-file.ts';

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
        flip: true,
        crop: 4,
        brightness: 0.2,
        contrast: 0.2,
        cutOut: 8,
      },
    },
    training: {
      ...seedRun().training,
      earlyStopping: { patience: 3, minimumGain: 0 },
      goal: { accuracy: 0.99, loss: 0.03, minutes: 10 },
    },
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
    const { augmentation, transpose, invert, leftOut, ...others } = old.data;
    const { imageSize, fit, channels, background, damaged, testShare, splitSeed, ...data } = others;
    const { diagnosticsEvery, measureTraining, classWeights, goal, ...training } = old.training;
    expect([goal, measureTraining]).toEqual([null, false]);
    expect([checkpoints, augmentation, diagnosticsEvery]).toEqual([usualCheckpoints, null, 50]);
    expect(leftOut).toBeNull();
    expect([transpose, invert, classWeights]).toEqual([false, false, 'none']);
    expect([imageSize, channels, fit, damaged]).toEqual([null, null, 'pad', 'refuse']);
    expect([background, testShare, splitSeed]).toEqual(['#000000', 0.15, 1]);
    expect(checkConfig({ ...old, data, training }, inFile)).toEqual(seedRun());
    const moved = { shift: 2, rotate: 10, scale: 0.1, shear: 5, elastic: null };
    const augmenting = checkConfig({ ...old, data: { ...data, augmentation: moved } }, inFile);
    const since = { flip: false, crop: 0, brightness: 0, contrast: 0, cutOut: 0 };
    expect(augmenting.data.augmentation).toEqual({ ...moved, ...since });
  });

  it('whose goal has nothing to reach has none', () => {
    const run = seedRun();
    const none = { accuracy: null, loss: null, minutes: null };
    const withGoal = (goal: unknown) => ({ ...run, training: { ...run.training, goal } });
    expect(checkConfig(withGoal(none), inFile)).toEqual(run);
    const some = withGoal({ ...none, loss: 0 });
    expect(checkConfig(some, inFile)).toEqual(some);
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
    [
      ['training', 'epochs'],
      1e9,
      /training\.epochs 1000000000: epochs must be a whole number from 1 to 100000/,
    ],
    [
      ['optimizer', 'learningRate'],
      0,
      /optimizer\.learningRate 0: learningRate must be a number greater than 0/,
    ],
    [['optimizer', 'learningRate'], -0.1, /optimizer\.learningRate -0\.1: .*greater than 0/],
    [
      ['optimizer', 'learningRate'],
      Infinity,
      /^FILE\.json: optimizer\.learningRate Infinity: .*at most 100\.$/,
    ],
    [
      ['data', 'batchSize'],
      1.5,
      /data\.batchSize 1\.5: batchSize must be a whole number from 1 to 65536/,
    ],
    [['network', 'layers'], [], /network\.layers a list: layers must not be empty/],
    [
      ['network', 'layers', 0, 'padding'],
      'most',
      /network\.layers\.0\.padding "most": padding must be "same"/,
    ],
    [
      ['network', 'layers', 0, 'kernel', 1],
      0,
      /network\.layers\.0\.kernel\.1 0: kernel width must be a whole number from 1 to 64/,
    ],
    [
      ['optimizer', 'clip'],
      1,
      /optimizer\.clip 1: there is no such setting here; there are rule, learning/,
    ],
    [['optimizer', 'clipNorm'], undefined, /optimizer\.clipNorm: clipNorm must be a number/],
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
    [['network', 'layers'], {}, /network\.layers an object: layers must be a list/],
    [
      ['optimizer', 'rule', 'type'],
      'adagrad',
      /must be one of rmsprop, sgd, momentum, nesterov, adam, adamw/,
    ],
    [['optimizer'], null, /optimizer null: must be an object with the settings rule/],
    [
      ['network', 'layers', 0, 'type'],
      undefined,
      /layers\.0\.type: type is missing; there are convo/,
    ],
    [['network', 'layers', 0], [], /layers\.0 a list: must be an object with a type, one of conv/],
    [
      ['network', 'layers', 0],
      7,
      /layers\.0 7: must be an object with a type, one of convolution, p/,
    ],
    [
      ['network', 'layers', 0, 'start'],
      'he',
      /start "he": must be an object with a type, one of normal, truncated-normal, glorot, he, zeros/,
    ],
    [['optimizer', 'rule'], {}, /rule\.type: type is missing; there are rmsprop, .*, adam, adamw/],
    [['training'], [], /^FILE\.json: training a list: must be an object with the settings [^\n]*$/],
    [['data', 'dataset'], '', /data\.dataset "": dataset must be the name of a set/],
    [['data', 'constructor'], 1, /data\.constructor 1: there is no such setting here; there/],
    // Nought or one in float32.
    [['optimizer', 'learningRate'], 1e-320, /learningRate 1e-320: .* greater than 0 .*1\.18e-38/],
    [['optimizer', 'learningRate'], 1e-50, /learningRate 1e-50: .* greater than 0/],
    [['optimizer', 'clipNorm'], 1e-300, /clipNorm 1e-300: .* greater than 0/],
    [['optimizer', 'rule', 'epsilon'], 1e-300, /epsilon 1e-300: .* greater than 0/],
    [
      ['optimizer', 'rule', 'decay'],
      0.99999999999,
      /decay 0\.99999999999: .* less than 1 \(at most/,
    ],
    [['data', 'augmentation'], 5, /data\.augmentation 5/],
    [
      ['checkpoints', 'keep'],
      0,
      /checkpoints\.keep 0: keep must be a whole number from 1 to 10000/,
    ],
  ])('%j = %j says what is allowed', (path, value, message) => {
    expect(refusal(withValue(seedRun(), path, value))).toMatch(message);
  });
});

describe('what is told of a configuration', () => {
  it('is no more than ten lines, each of them short', () => {
    const layers = Array.from({ length: 150 }, () => ({ type: 'x'.repeat(1000) }));
    const message = refusal({ ...seedRun(), network: { name: 'many', layers } }) ?? '';
    const lines = message.split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toContain(`"${'x'.repeat(80)}…": type must be`);
    expect(lines.at(-1)).toBe('… and 140 more.');
  });

  it('names every key of an object that is not known, cut and harmless', () => {
    const keys = ['one', '\u001b[2Jtwo\u009b', 'z'.repeat(100), '__proto__'];
    const data = { ...seedRun().data };
    for (const key of keys)
      Object.defineProperty(data, key, { value: 1, enumerable: true, configurable: true });
    const message = refusal({ ...seedRun(), data });
    expect(message).toContain(
      'data.one 1: there is no such setting here, nor "\\u001b[2Jtwo\\u{9b}"',
    );
    expect(message).toContain(`"${'z'.repeat(80)}…", "__proto__"; there are dataset`);
  });

  it('has nothing in it of what is nested in a value', () => {
    let deep: unknown = 0;
    for (let k = 0; k < 100_000; k++) deep = [deep];
    expect(refusal({ ...seedRun(), training: deep })).toMatch(/training a list: must be an object/);
    expect(refusal({ ...seedRun(), extra: deep })).toMatch(/extra a list: there is no such/);
    expect(refusal(deep)).toMatch(
      /^FILE\.json: *a list: must be an object with the settings net.*$/,
    );
  });
});

const isOptional = (path: Path): boolean =>
  path[0] === 'checkpoints' ||
  /diagnosticsEvery|measureTraining|augmentation|transpose|invert|leftOut|ownDrawings|imageSize|fit|channels|background|damaged|testShare|splitSeed|classWeights|training\.goal$/.test(
    dotted(path),
  );

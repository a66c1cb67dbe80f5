import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerConfig, LayerOf } from '../../../shared/config.ts';
import { reportLayers } from '../../../shared/layer-report.ts';
import type { LayerProblem } from '../../../shared/layer-report-repairs.ts';
import { walkLayers } from '../../../shared/network-shape.ts';
import { seedNetwork } from '../../../shared/preset-networks.ts';
import { convolution, dense, flatten, pooling, withScores } from '../../support/networks.ts';
import { anyLayers, imageLayers } from '../../support/random-layers.ts';

const means: LayerConfig = { type: 'global-average-pooling' };
const mnist = [28, 28, 1] as const;

const problemOf = (
  layers: readonly LayerConfig[],
  input: readonly [number, number, number] = mnist,
): LayerProblem => {
  const report = reportLayers(layers, input, 10);
  const problem = report.problem ?? report.layers.find((layer) => layer.problem)?.problem;
  if (!problem) throw new Error('nothing is impossible');
  return problem;
};
const labelsOf = (...args: Parameters<typeof problemOf>): string[] =>
  problemOf(...args).repairs.map(({ label }) => label);

const side = fc.integer({ min: 1, max: 12 });
const lists = fc.oneof(
  anyLayers,
  imageLayers.map((layers) => withScores(...layers)),
);

it('each repair of each impossible list does away with what is impossible', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(side, side, lists, (height, width, layers) => {
      const input = [height, width, 1] as const;
      const report = reportLayers(layers, input, 10);
      fc.pre(!report.isPossible);
      const at = report.layers.findIndex(({ state }) => state === 'impossible');
      const { repairs } = at < 0 ? report.problem! : report.layers[at]!.problem!;
      // A lone layer cannot be taken out, but there is always something else to do.
      expect(repairs.length).toBeGreaterThan(0);
      expect(repairs.length).toBeLessThanOrEqual(4);
      expect(new Set(repairs.map(({ label }) => label)).size).toBe(repairs.length);
      for (const { label, layers: repaired } of repairs) {
        kinds.add(label.replace(/[\d×]+/g, '').replace(/ →.*/, ''));
        const { shapes, misfit } = walkLayers(repaired, input);
        // So many fit, from the first: the layer, too, and what is put before it; or all before it, where it is taken out.
        expect(shapes.length).toBeGreaterThanOrEqual(
          (at < 0 ? layers.length : at + 1) + repaired.length - layers.length,
        );
        if (at < 0) expect(reportLayers(repaired, input, 10).isPossible).toBe(true);
        // What a label promises is there.
        const size = /→ ([\d×]+)$/.exec(label)?.[1];
        const sizes = shapes.map(({ output }) => output.slice(0, 2).join('×'));
        if (size !== undefined) expect(sizes).toContain(size);
        if (label.endsWith('scores')) expect(misfit).toBeNull();
      }
    }),
    { numRuns: 1500 },
  );
  expect(kinds.size).toBeGreaterThan(20);
});

it('those come first after which all is possible', () => {
  fc.assert(
    fc.property(side, side, lists, (height, width, layers) => {
      const input = [height, width, 1] as const;
      const report = reportLayers(layers, input, 10);
      fc.pre(!report.isPossible);
      const possible = problemOf(layers, input).repairs.map(
        (repair) => reportLayers(repair.layers, input, 10).isPossible,
      );
      expect(possible).toEqual(possible.toSorted((a, b) => Number(b) - Number(a)));
    }),
    { numRuns: 500 },
  );
});

describe('a window larger than its image', () => {
  const list = (kernel: [number, number]): LayerConfig[] =>
    withScores(
      convolution({ kernel: [5, 5], padding: 'valid' }),
      pooling({ size: [4, 4], stride: [4, 4] }),
      convolution({ kernel, padding: 'valid' }),
    );

  it('is named by its title', () => {
    expect(problemOf(list([9, 9])).what).toBe(
      'Convolution 2 does not fit: its window of 9 is larger than the height it slides over, 6 + 0 of padding.',
    );
  });

  it('can be padded, made smaller, or given a larger image', () => {
    expect(labelsOf(list([9, 9]))).toEqual([
      'Same → 6×6',
      'Kernel 5×5 → 2×2',
      'Remove Pooling → 16×16',
      'Remove it',
    ]);
  });

  it('becomes smaller only where it must if it is no square', () => {
    expect(labelsOf(list([2, 7]))).toContain('Kernel 2×5 → 5×2');
  });

  it('can be given a larger image by a convolution before it', () => {
    const strided = withScores(
      convolution({ stride: [4, 4] }),
      convolution({ kernel: [9, 9], padding: 'valid' }),
    );
    expect(labelsOf(strided)).toContain('Stride 1 in Convolution 1 → 20×20');
  });

  it('of a pooling is called a window', () => {
    const list = withScores(pooling({ size: [30, 30], stride: [2, 2], padding: 'valid' }));
    expect(labelsOf(list)).toEqual(['Same → 14×14', 'Window 28×28 → 1×1', 'Remove it']);
  });
});

it('windows that lie in the padding can be moved by less, or have less of it', () => {
  const list = withScores(
    convolution({ stride: [40, 1], padding: { top: 3, bottom: 0, left: 2, right: 0 } }),
  );
  expect(labelsOf(list)).toEqual([
    'Stride 1 → 29×28',
    'Same → 1×28',
    'No padding → 1×26',
    'Remove it',
  ]);
});

describe('an image and a row', () => {
  it('a dense layer on an image has a flatten or a mean before it', () => {
    const { layers } = seedNetwork();
    expect(labelsOf(layers.filter(({ type }) => type !== 'flatten'))).toEqual([
      'Flatten before it → 2048',
      'Global average pooling before it → 128',
      // What is left to do then is the second dense layer's problem.
      'Remove it',
    ]);
  });

  it('a dense layer goes after a flatten that comes later', () => {
    const labels = labelsOf([dense(7), convolution(), flatten, dense(10)]);
    expect(labels).toContain('Move after Flatten');
  });

  it('a convolution of a row goes before what made the row', () => {
    const list = [convolution(), flatten, dense(20), convolution({ kernel: [5, 5] }), dense(10)];
    const [moved, ...others] = problemOf(list).repairs;
    expect(moved?.label).toBe('Move before Flatten');
    expect(moved?.layers.map(({ type }) => type)).toEqual([
      ...['convolution', 'convolution', 'flatten', 'dense', 'dense'],
    ]);
    expect(moved?.layers[1]).toEqual(list[3]);
    expect(others.map(({ label }) => label)).toEqual(['Remove it']);
  });

  it('a flatten before a global pooling can go', () => {
    expect(labelsOf([convolution(), flatten, means, dense(10)])).toEqual([
      'Move before Flatten',
      'Remove Flatten → 3',
      'Remove it',
    ]);
  });
});

describe('an end that is not one score a class', () => {
  it.each<[string, LayerConfig[], string[]]>([
    ['too few units', [flatten, dense(7)], ['10 units → 10 scores', 'Add a dense layer of 10']],
    [
      'an activation',
      [flatten, dense(10, { activation: 'relu' })],
      ['No activation', 'Add a dense layer of 10'],
    ],
    [
      'both, before a dropout',
      [flatten, dense(7, { activation: 'relu' }), { type: 'dropout', rate: 0.5 }],
      ['Add a dense layer of 10', '10 units, no activation → 10 scores'],
    ],
    ['a row', [convolution(), flatten], ['Add a dense layer of 10']],
    [
      'means of too few filters',
      [convolution(), means],
      ['10 filters → 10 scores', 'Add a dense layer of 10'],
    ],
    [
      'an image',
      [convolution()],
      [
        'Add a flatten and a dense layer of 10',
        'Add a global average pooling and a dense layer of 10',
      ],
    ],
    [
      'an image of ten channels',
      [convolution({ filters: 10 })],
      [
        'Add a global average pooling → 10 scores',
        'Add a flatten and a dense layer of 10',
        'Add a global average pooling and a dense layer of 10',
      ],
    ],
    [
      'nothing',
      [],
      [
        'Add a flatten and a dense layer of 10',
        'Add a global average pooling and a dense layer of 10',
      ],
    ],
    [
      'nothing to learn',
      [pooling({ size: [14, 6], stride: [14, 6] }), flatten],
      ['Add a dense layer of 10'],
    ],
  ])('%s', (_, layers, labels) => {
    expect(labelsOf(layers)).toEqual(labels);
  });

  it('is not mended by more filters than there may be', () => {
    const { problem } = reportLayers([convolution(), means], mnist, 5000);
    expect(problem?.repairs.map(({ label }) => label)).toEqual(['Add a dense layer of 5000']);
  });

  it('keeps all else of the layer that makes the scores', () => {
    const last = dense(7, { bias: false, start: { type: 'zeros' } }) as LayerOf<'dense'>;
    const [repair] = problemOf([flatten, last]).repairs;
    expect(repair?.layers).toEqual([flatten, { ...last, units: 10 }]);
  });
});

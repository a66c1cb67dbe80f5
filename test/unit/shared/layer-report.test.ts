import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { reportLayers } from '../../../shared/layer-report.ts';
import { networkShape, type NetworkShape } from '../../../shared/network-shape.ts';
import { seedNetwork } from '../../../shared/preset-networks.ts';
import { convolution, dense, flatten, pooling, withScores } from '../../support/networks.ts';
import { anyLayers, imageLayers } from '../../support/random-layers.ts';

const side = fc.integer({ min: 1, max: 12 });
const lists = fc.oneof(
  anyLayers,
  imageLayers.map((layers) => withScores(...layers)),
);

function shapeOrFailure(
  layers: readonly LayerConfig[],
  input: readonly [number, number, number],
): { shape: NetworkShape; where: null } | { shape: null; where: string } {
  try {
    return { shape: networkShape(layers, input, 10), where: null };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { shape: null, where: error.failure.where };
  }
}

it('says of every layer list what networkShape says, and never throws', () => {
  const seen = { possible: 0, layer: 0, whole: 0 };
  fc.assert(
    fc.property(side, side, lists, (height, width, layers) => {
      const input = [height, width, 1] as const;
      const report = reportLayers(layers, input, 10);
      const { shape, where } = shapeOrFailure(layers, input);
      const states = report.layers.map(({ state }) => state);
      expect(report.isPossible).toBe(shape !== null);
      expect(states).toHaveLength(layers.length);
      const impossible = states.indexOf('impossible');
      if (impossible >= 0) {
        seen.layer += 1;
        expect(where).toBe(`network.layers.${impossible} (${layers[impossible]!.type})`);
        expect([...new Set(states.slice(0, impossible))]).toEqual(impossible > 0 ? ['fits'] : []);
        expect(new Set(states.slice(impossible + 1)).size).toBeLessThanOrEqual(1);
        expect(states.lastIndexOf('fits')).toBeLessThan(impossible);
        expect([report.totals, report.problem]).toEqual([null, null]);
        expect(report.layers[impossible]!.problem).not.toBeNull();
      } else if (shape) {
        seen.possible += 1;
        const { layers: shapes, ...totals } = shape;
        expect(report.layers.map((layer) => layer.shape)).toEqual(shapes);
        expect(report.totals).toEqual(totals);
        expect(report.problem).toBeNull();
      } else {
        seen.whole += 1;
        expect(where).toBe('network.layers');
        expect(report.problem).not.toBeNull();
        expect(report.totals).not.toBeNull();
      }
    }),
    { numRuns: 1000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(30);
});

describe('the formula of a size', () => {
  const formulasOf = (layer: LayerConfig, input: [number, number, number]) => {
    const [report] = reportLayers([layer], input, 10).layers;
    return {
      told: report!.formulas.map(({ axis, numbers }) => `${axis}: ${numbers}`),
      ...{ formulas: report!.formulas, notes: report!.notes },
    };
  };

  it('is told once where rows and columns are alike', () => {
    const { formulas, notes } = formulasOf(convolution(), [28, 28, 1]);
    expect(formulas).toEqual([
      {
        axis: 'rows and columns',
        form: '(input − kernel + padding) / stride + 1',
        numbers: '(28 − 3 + 2) / 1 + 1 = 28',
        result: 28,
        isRoundedDown: false,
      },
    ]);
    expect(notes).toEqual([]);
  });

  it('is told for each axis where they differ', () => {
    const layer = pooling({ size: [3, 2], padding: 'valid' });
    const { told, formulas, notes } = formulasOf(layer, [9, 7, 1]);
    expect(told).toEqual(['rows: (9 − 3 + 0) / 2 + 1 = 4', 'columns: (7 − 2 + 0) / 2 + 1 = 3.5']);
    expect(formulas.map(({ form }) => form)[0]).toBe('(input − window + padding) / stride + 1');
    expect(formulas.map(({ result, isRoundedDown }) => [result, isRoundedDown])).toEqual([
      [4, false],
      [3, true],
    ]);
    expect(notes).toEqual([
      '(7 − 2 + 0) / 2 + 1 = 3.5 is rounded down to 3: no window reaches the last column.',
    ]);
  });

  it.each<[string, LayerConfig, string]>([
    [
      'of a row and a column',
      convolution({ stride: [2, 2], padding: 'valid' }),
      '(14 − 3 + 0) / 2 + 1 = 6.5 is rounded down to 6: no window reaches the last row and the last column.',
    ],
    [
      'of several',
      convolution({ kernel: [4, 4], stride: [4, 4], padding: 'valid' }),
      '(14 − 4 + 0) / 4 + 1 = 3.5 is rounded down to 3: no window reaches the last 2 rows and columns.',
    ],
    [
      'of padding alone',
      convolution({
        kernel: [2, 2],
        stride: [2, 2],
        padding: { top: 0, bottom: 1, left: 0, right: 1 },
      }),
      '(14 − 2 + 1) / 2 + 1 = 7.5 is rounded down to 7: only padding is left out of the rows and columns.',
    ],
  ])('has a note where it leaves a rest: %s', (_, layer, note) => {
    expect(formulasOf(layer, [14, 14, 1]).notes).toEqual([note]);
  });

  it('has a note where windows have gaps between them', () => {
    expect(formulasOf(convolution({ stride: [5, 5], padding: 'same' }), [28, 28, 1]).notes).toEqual(
      [
        'Its stride of 5 is wider than its kernel of 3: rows and columns between two windows are passed over.',
      ],
    );
  });

  it('is told where it is impossible', () => {
    const { formulas } = formulasOf(convolution({ kernel: [7, 7], padding: 'valid' }), [4, 4, 1]);
    expect(formulas).toMatchObject([{ numbers: '(4 − 7 + 0) / 1 + 1 = −2', result: -2 }]);
  });
});

it('notes a layer that no pixel reaches', () => {
  const { layers } = reportLayers(
    [
      convolution({
        kernel: [1, 1],
        stride: [3, 1],
        padding: { top: 3, bottom: 0, left: 0, right: 0 },
      }),
      convolution({ kernel: [1, 1], stride: [2, 1] }),
    ],
    [1, 1, 1],
    10,
  );
  expect(layers.map(({ receptiveField }) => receptiveField)).toEqual([
    [1, 1],
    [0, 1],
  ]);
  expect(layers[1]!.notes).toContain('It sees only padding: no pixel of the image reaches it.');
});

it('tells what sharing saves of the seed network’s convolutions, and of nothing else', () => {
  const { layers } = reportLayers(seedNetwork().layers, [28, 28, 1], 10);
  const saved = layers.map(({ sharingSaves }) => sharingSaves);
  expect(saved.filter((count) => count !== null)).toEqual([
    784 * 28 * 28 * 32 - 288,
    14 * 14 * 32 * 14 * 14 * 64 - 18_432,
    7 * 7 * 64 * 7 * 7 * 128 - 73_728,
  ]);
  expect(saved.map((count) => count !== null)).toEqual(
    seedNetwork().layers.map(({ type }) => type === 'convolution'),
  );
  // A kernel as large as its image shares nothing; one that is larger has weights to spare.
  const whole = [4, 9].map((size) => convolution({ kernel: [size, size], padding: 'same' }));
  const shares = whole.map((layer) => reportLayers([layer], [1, 1, 1], 10).layers[0]!.sharingSaves);
  expect(shares).toEqual([0, 0]);
});

it('has the totals of layers that fit, though their end does not', () => {
  const { totals, problem } = reportLayers([flatten, dense(7)], [28, 28, 1], 10);
  expect(totals?.parameters).toBe(784 * 7 + 7);
  expect(problem?.what).toMatch(/its output is 7, but it must be 10 scores/);
});

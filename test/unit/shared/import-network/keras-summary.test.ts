import { describe, expect, it } from 'vitest';
import { networkOfKeras } from '../../../../shared/import-network/keras-json.ts';
import { networkOfSummary } from '../../../../shared/import-network/keras-summary.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { networkShape } from '../../../../shared/network-shape.ts';
import type { LayerConfig } from '../../../../shared/config.ts';
import { kerasInputs, kerasParameters, kerasText } from '../../../support/keras-models.ts';

const read = (version: string, model: string) =>
  networkOfSummary(kerasText(version, `${model}.summary`));
const refusal = (text: string): FailureError['failure'] => {
  try {
    networkOfSummary(text);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it was read');
};
/** Without what no summary says. */
const withoutUnsaid = (layers: readonly LayerConfig[]): object[] =>
  layers.map((layer) => ({
    ...layer,
    ...('activation' in layer && { activation: layer.activation === 'none' ? 'none' : 'some' }),
    ...('start' in layer && { start: null }),
    ...(layer.type === 'dropout' && { rate: null }),
    ...(layer.type === 'batch-normalization' && { momentum: null }),
  }));

describe.each([
  ['2.3', ['lenet', 'vgg']],
  ['2', ['lenet', 'vgg', 'chain']],
  ['3', ['lenet', 'vgg', 'chain']],
] as const)('a summary of Keras %s', (version, models) => {
  it.each(models)('makes the network of %s, as many parameters as Keras counts', (model) => {
    const { layers, input } = read(version, model);
    expect(input).toEqual(kerasInputs[model]);
    expect(networkShape(layers, kerasInputs[model], 10).parameters).toBe(kerasParameters[model]);
  });

  it.each(['lenet', 'vgg'] as const)(
    'makes of %s what its JSON makes, as far as it is said',
    (model) => {
      const whole = networkOfKeras(JSON.parse(kerasText('3', `${model}.json`)));
      const { name, layers } = read(version, model);
      expect(withoutUnsaid(layers)).toEqual(withoutUnsaid(whole.layers));
      expect(name).toBe(whole.name);
    },
  );

  it('says what was assumed', () => {
    const { notes } = read(version, 'vgg');
    for (const told of [
      ...['images of 32×32×3 are assumed', 'windows of poolings', '0.5 is assumed'],
      'taken for ReLU',
    ])
      expect(notes.join(' ')).toContain(told);
  });
});

describe.each(['2', '3'])('a summary of Keras %s', (version) => {
  it('makes a window that is no square from shapes and parameters', () => {
    expect(read(version, 'chain').layers[0]).toMatchObject({
      ...{ filters: 8, kernel: [3, 5], stride: [2, 2], bias: true },
      padding: { top: 1, bottom: 2, left: 3, right: 4 },
    });
  });

  it('is refused where it branches, and each line named', () => {
    const { what } = refusal(kerasText(version, 'branched.summary'));
    expect(what).toMatch(
      /line \d+, conv2d_10 \(Conv2D\): its input is not the one layer before it/,
    );
    expect(what).toMatch(/line \d+, add \(Add\): .*there is no layer like "Add" here/);
    expect(what).not.toContain('no window');
  });
});

describe('a summary', () => {
  const row = (label: string, shape: string, parameters: number): string =>
    `${label.padEnd(29)}${shape.padEnd(26)}${parameters}`;
  const head = row('Layer (type)', 'Output Shape', 0).replace(/0$/, 'Param #');
  const table = (...rows: string[]): string => [head, '='.repeat(65), ...rows].join('\n');
  const end = [row('f (Flatten)', '(None, 9)', 0), row('d (Dense)', '(None, 10)', 100)];

  it('is read where the network that is set up takes what its first layer may have had', () => {
    const text = table(row('c (Conv2D)', '(None, 26, 26, 4)', 40), ...end);
    expect(networkOfSummary(text).input).toEqual([28, 28, 1]);
    // 3×3 with stride 2 and "same" makes 26 of 52, too.
    const { input, layers } = networkOfSummary(text, [52, 52, 1]);
    expect(input).toEqual([52, 52, 1]);
    expect(layers[0]).toMatchObject({ kernel: [3, 3], stride: [2, 2], padding: 'same' });
  });

  it('is read where its spaces have become one, as web pages do', () => {
    const text = kerasText('2.3', 'lenet.summary').replaceAll(/ +/g, ' ');
    expect(networkOfSummary(text).layers).toEqual(read('2.3', 'lenet').layers);
  });

  it('knows a bias by the parameters', () => {
    const input = row('i (InputLayer)', '[(None, 9)]', 0);
    const bias = (parameters: number): unknown => {
      const { layers } = networkOfSummary(table(input, row('d (Dense)', '(None, 10)', parameters)));
      return 'bias' in layers[0]! && layers[0].bias;
    };
    expect([bias(100), bias(90)]).toEqual([true, false]);
  });

  it('is told to have lost a row where its total is another', () => {
    const lines = kerasText('3', 'lenet.summary').split('\n');
    const without = lines.filter((line) => !line.includes('dense_1')).join('\n');
    expect(networkOfSummary(without).notes.join(' ')).toContain(
      'The rows have 51,542 parameters, but the table’s total is 61,706',
    );
    expect(read('3', 'lenet').notes.join(' ')).not.toContain('total');
  });

  it.each([
    ['of a model that was not built', table(row('c (Conv2D)', '?', 0)), 'was not built'],
    ['of several outputs', table(row('c (Conv2D)', 'multiple', 9)), 'several outputs'],
    ['without rows', head, 'no row'],
    [
      'whose parameters fit no window',
      table(
        row('i (InputLayer)', '(None, 28, 28, 3)', 0),
        row('c (Conv2D)', '(None, 28, 28, 4)', 41),
        ...end,
      ),
      'no window of 41 parameters makes 28×28×4 of 28×28×3',
    ],
    [
      'with an unknown layer',
      table(row('l (LSTM)', '(None, 10)', 9)),
      'line 3, l (LSTM): there is no layer like "LSTM"',
    ],
  ])('%s is refused, and says why', (_name, text, reason) => {
    const { what, remedy } = refusal(text);
    expect(what).toContain(reason);
    expect(remedy).not.toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import {
  agreementWords,
  arithmeticLines,
  channelName,
  fieldWords,
  inputChannelName,
  inputUnitName,
  placeWords,
  sourceOf,
  valueWords,
} from '../../../../renderer/text/unit-words.ts';
import { layerTitles } from '../../../../shared/layer-names.ts';
import { walkLayers } from '../../../../shared/network-shape.ts';
import { computeUnit } from '../../../../shared/unit-arithmetic.ts';
import { convolution, dense, flatten, pooling } from '../../../support/networks.ts';

const layers = [
  convolution({ activation: 'relu' }),
  pooling(),
  { type: 'dropout', rate: 0.3 } as const,
  flatten,
  dense(10),
];
const titles = layerTitles(layers);
const { shapes } = walkLayers(layers, [4, 4, 1]);

describe('the names of units', () => {
  it('count from 1, and have a place only where there are maps', () => {
    expect(channelName('Convolution 2', [4, 4, 8], 4)).toBe('Convolution 2, channel 5');
    expect(channelName('Dense 1', [625], 624)).toBe('Dense 1, unit 625');
    expect(placeWords([4, 4, 8], { row: 3, column: 6, channel: 0 })).toBe('row 4, column 7');
    expect(placeWords([625], { row: 0, column: 0, channel: 3 })).toBe('');
  });

  it('name what a unit reads by the layer that answered it, through dropout and flatten', () => {
    expect(inputChannelName(sourceOf(shapes, titles, 0), 0)).toBe('the picture’s brightness');
    expect(inputChannelName(sourceOf(shapes, titles, 1), 2)).toBe('channel 3 of Convolution 1');
    const source = sourceOf(shapes, titles, 4);
    expect(source).toEqual({ title: 'Pooling 1', output: [2, 2, 3] });
    // Row 2, column 1 of channel 3: (1 · 2 + 0) · 3 + 2.
    expect(inputUnitName(source, 8)).toBe('Pooling 1, channel 3, row 2, column 1');
    expect(inputChannelName({ title: null, output: [4, 4, 3] }, 1)).toBe('green');
  });
});

describe('a unit’s arithmetic in words', () => {
  const read = { shape: [1, 2, 1] as [number, number, number], values: Float32Array.of(2, 1) };

  it('adds up, adds the bias, and activates', () => {
    const parts = { read, weights: Float32Array.of(-1, 0.5), bias: 0.25, statistics: null };
    const steps = computeUnit(layers[0]!, parts);
    expect(arithmeticLines(layers[0]!, steps, { count: 2, bias: 0.25 })).toEqual([
      { words: 'Sum of 2 inputs × weights', number: '−1.5' },
      { words: 'Bias', number: '+0.25' },
      { words: 'Before activation', number: '−1.25' },
      { words: 'After ReLU', number: '0' },
    ]);
    expect(valueWords(steps)).toBe('0 after ReLU, −1.25 before');
  });

  it('says what a pooling takes', () => {
    const none = { weights: new Float32Array(), bias: null, statistics: null };
    const steps = computeUnit(pooling(), { read, ...none });
    expect(arithmeticLines(pooling(), steps, { count: 2, bias: null })).toEqual([
      { words: 'Greatest of 2 numbers', number: '2' },
    ]);
    expect(valueWords(steps)).toBe('2');
  });
});

it('says how much is seen, and how two maps agree', () => {
  expect(fieldWords([8, 7], 'digit')).toBe('Sees 8×7 pixels of the digit');
  expect(fieldWords(null, 'digit')).toMatch(/only padding/);
  expect(agreementWords('Grad-CAM', 0.714)).toBe('Grad-CAM agrees well (0.71)');
  expect(agreementWords('saliency', 0.37)).toBe('saliency agrees somewhat (0.37)');
  expect(agreementWords('saliency', -0.1)).toBe('saliency hardly agrees (−0.1)');
  expect(agreementWords('saliency', -0.5)).toBe('saliency says rather the opposite (−0.5)');
  expect(agreementWords('saliency', null)).toBe('saliency cannot be compared');
});

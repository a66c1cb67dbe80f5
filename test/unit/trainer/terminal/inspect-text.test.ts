import { describe, expect, it } from 'vitest';
import type { Found } from '../../../../main/trainer/terminal/ask-checkpoint.ts';
import { foundText } from '../../../../main/trainer/terminal/inspect-text.ts';

const asked = {
  checkpoint: '/runs/model.ckpt-430',
  image: { number: 3, label: 0, probabilities: [0.25, 0.75] },
  classNames: ['0', '1'],
  layer: 'convolution_1',
  warnings: [],
};

const text = (answer: Found['answer'], more: Partial<Found> = {}, columns = 80): string[] =>
  foundText({ ...asked, answer, ...more }, columns).split('\n');

const heading = [
  'model.ckpt-430, step 430.',
  'Test image 3 is a 0; the network answers 1, probability 75.0 %.',
];
const common = { step: 430 };

describe('in the terminal', () => {
  it('probabilities are numbers', () => {
    expect(text({ type: 'predict', ...common, probabilities: [0.25, 0.75] })).toEqual([
      ...heading,
      'class   value',
      '    0  0.2500',
      '    1  0.7500',
    ]);
  });

  it('classes have their names, whatever is in them', () => {
    const classNames = ['T-shirt/top', 'na\u001b[31mme'];
    const answer: Found['answer'] = { type: 'predict', ...common, probabilities: [0.25, 0.75] };
    const name = String.raw`na\u{1b}[31mme`;
    const column = (text: string): string => text.padEnd(name.length);
    expect(text(answer, { classNames }).slice(1)).toEqual([
      `Test image 3 is a T-shirt/top; the network answers ${name}, probability 75.0 %.`,
      `${column('class')}   value`,
      `${column('T-shirt/top')}  0.2500`,
      `${name}  0.7500`,
    ]);
  });

  it('a map is a picture, two characters a pixel, from nothing to the most', () => {
    const values = Float32Array.of(0, 1, 2, 3, 4, 5);
    const answer = { ...common, class: 1, layer: 0, shape: [2, 3] as [number, number], values };
    expect(text({ type: 'grad-cam', ...answer })).toEqual([
      ...heading,
      'Where convolution_1 speaks for class 1, 2×3:',
      'Blank is 0.00, █ is 5.00.',
      '  ░░▒▒',
      '▓▓████',
    ]);
  });

  it('a gradient is shown by its size', () => {
    const values = Float32Array.of(-5, 0);
    const shape: [number, number] = [1, 2];
    expect(text({ type: 'saliency', ...common, class: 7, shape, values })).toEqual([
      ...heading,
      'How much each pixel changes the score of class 7, 1×2:',
      'Blank is 0.00, █ is 5.00.',
      '██',
    ]);
  });

  it('channels stand side by side under their numbers, as many as fit', () => {
    const values = Float32Array.of(1, 0, -1, 1, 0, -1);
    const answer = { type: 'activations', ...common, layer: 0, shape: [1, 2, 3], values } as const;
    const pictures = (columns: number): string[] =>
      text({ ...answer, shape: [1, 2, 3] }, {}, columns).slice(3);
    expect(pictures(80)).toEqual(['Blank is -1.00, █ is 1.00.', '0     1     2', '████  ▒▒▒▒']);
    expect(pictures(10)).toEqual(['Blank is -1.00, █ is 1.00.', '0     1', '████  ▒▒▒▒', '2', '']);
  });

  it('kernels are pictures too, and need no image', () => {
    const values = Float32Array.of(1, 0, 0, 1);
    const filters = { type: 'filters', hasNetwork: true, ...common, values } as const;
    const lines = text({ ...filters, shape: [1, 1, 1, 4] }, { image: null, layer: null });
    expect(lines).toEqual([
      'model.ckpt-430, step 430.',
      'Kernels of the first convolution, 1×1×1×4:',
      'Blank is 0.00, █ is 1.00.',
      '0   1   2   3',
      '██          ██',
    ]);
    expect(text({ ...filters, shape: null }, { image: null }).at(-1)).toBe(
      'The network has no convolution.',
    );
  });

  it('a row is numbers, and where it is long, shades', () => {
    const row = (length: number): string[] => {
      const values = new Float32Array(length).fill(1);
      return text({ type: 'activations', ...common, layer: 0, shape: [length], values }).slice(2);
    };
    expect(row(2)).toEqual([
      'What convolution_1 gives, 2:',
      'unit  value',
      '   0  1.000',
      '   1  1.000',
    ]);
    expect(row(33)).toEqual([
      'What convolution_1 gives, 33:',
      'Blank is 0.00, █ is 1.00.',
      '█'.repeat(64),
      '██',
    ]);
  });
});

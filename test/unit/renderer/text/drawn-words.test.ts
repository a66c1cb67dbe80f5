import { expect, it } from 'vitest';
import {
  drawingCaveat,
  drawingObstacle,
  layersPrompt,
  padPrompt,
  sizeWords,
} from '../../../../renderer/text/drawn-words.ts';
import { usualForm } from '../../../../shared/drawn-image.ts';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const inverted = { ...usualForm.appearance, inverted: true };

it('drawings are read at every size but the smallest', () => {
  expect(drawingObstacle(usualForm)).toBeNull();
  expect(drawingObstacle({ ...usualForm, height: 8, width: 512, channels: 3 })).toBeNull();
  expect(drawingObstacle({ ...usualForm, height: 32, width: 7 })).toBe(
    'It reads images of 32×7 pixels, too few for a drawing',
  );
});

it('a network that was trained on colour pictures is told to be one', () => {
  expect(drawingCaveat(usualForm)).toBeNull();
  expect(drawingCaveat({ ...usualForm, channels: 3 })).toBe(
    'The pad draws white on black; this network was trained on colour pictures.',
  );
  expect(drawingCaveat({ ...usualForm, channels: 3, appearance: inverted })).toContain(
    'black on white',
  );
});

it('sizes are told with their channels where there are several', () => {
  expect(sizeWords(usualForm)).toBe('28×28');
  expect(sizeWords({ ...usualForm, height: 32, width: 40, channels: 3 })).toBe('32×40×3');
});

it('asks for what can be done: pictures where the network reads colour, none where there is no network', () => {
  const colour = { ...usualForm, channels: 3 };
  expect(padPrompt(digits, usualForm, false)).toBe('Draw a digit from 0 to 9');
  expect(padPrompt(digits, usualForm, true)).toContain('or drop a picture here');
  expect(padPrompt(['cat'], colour, true)).toContain('drop or paste a picture file here');
  expect(layersPrompt(digits, usualForm)).toMatch(/^Draw a digit on the pad: /);
  expect(layersPrompt(['cat'], colour)).toMatch(/^Take a colour picture: /);
});

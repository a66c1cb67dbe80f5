import { expect, it } from 'vitest';
import {
  drawingCaveat,
  drawingObstacle,
  sizeWords,
} from '../../../../renderer/text/drawn-words.ts';
import { usualForm } from '../../../../shared/drawn-image.ts';

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

import { expect, it } from 'vitest';
import { loadDataset } from '../../support/datasets.ts';
import { drawnImage, usualForm } from '../../../shared/drawn-image.ts';
import { distancesToPaper, enlargedInk, thinned, traced } from '../../drawings/skeleton.ts';

/** Every so manyth of MNIST's test digits. */
const EVERY = 50;
const isInk = (value: number): boolean => value >= 16;
const isFull = (value: number): boolean => value >= 224;

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** What is measured of one picture of 28×28 bytes; lengths in its pixels. */
function measure(image: Uint8Array) {
  const values = [...image];
  const ink = values.reduce((a, b) => a + b, 0) / 255;
  const enlarged = enlargedInk(image);
  const skeleton = thinned(enlarged);
  const strokes = traced(skeleton);
  const length = strokes
    .flatMap((stroke) =>
      stroke.slice(1).map(({ x, y }, k) => Math.hypot(x - stroke[k]!.x, y - stroke[k]!.y)),
    )
    .reduce((a, b) => a + b, 0);
  const centre = (place: (index: number) => number): number =>
    mean(values.map((value, index) => (value * (place(index) + 0.5)) / 255)) * (784 / ink);
  return {
    strokes,
    ink,
    length,
    width: 2 * mean(distancesToPaper(enlarged, skeleton)),
    inked: values.filter(isInk).length,
    full: values.filter(isFull).length,
    x: centre((index) => index % 28),
    y: centre((index) => Math.floor(index / 28)),
  };
}

type Measured = ReturnType<typeof measure>;
const meanOf = (all: readonly Measured[], of: (one: Measured) => number): number =>
  mean(all.map(of));

const summary = (all: readonly Measured[]) => ({
  'mean ink, in full pixels': meanOf(all, ({ ink }) => ink),
  'mean width by distance from paper': meanOf(all, ({ width }) => width),
  'mean width by ink / length': meanOf(all, ({ ink }) => ink) / meanOf(all, ({ length }) => length),
  'share of full ink': meanOf(all, ({ full }) => full) / meanOf(all, ({ inked }) => inked),
  'centre of mass, x': meanOf(all, ({ x }) => x),
  'centre of mass, y': meanOf(all, ({ y }) => y),
});

it('draws MNIST’s digits, given as lines, as MNIST has them: ink, width, grey edges, place', async () => {
  const { test } = await loadDataset('mnist', 0);
  const theirs = Array.from({ length: test.count / EVERY }, (_, k) =>
    measure(test.images.slice(k * EVERY * 784, (k * EVERY + 1) * 784)),
  );
  const ours = theirs.map(({ strokes }) => measure(drawnImage(strokes, usualForm)!));
  const [mnist, drawn] = [summary(theirs), summary(ours)];
  console.table({ MNIST: mnist, 'drawn from its lines': drawn });

  // The middle of a picture of 28×28 is 14; MNIST's makers put the mass into the pixel that begins there.
  for (const { x, y } of theirs)
    for (const place of [x, y]) {
      expect(place).toBeGreaterThan(13.9);
      expect(place).toBeLessThan(15.1);
    }
  const share = (key: keyof typeof mnist): number => drawn[key] / mnist[key];
  expect(Math.abs(share('mean ink, in full pixels') - 1)).toBeLessThan(0.05);
  expect(Math.abs(share('mean width by distance from paper') - 1)).toBeLessThan(0.1);
  expect(Math.abs(share('mean width by ink / length') - 1)).toBeLessThan(0.1);
  expect(Math.abs(share('share of full ink') - 1)).toBeLessThan(0.05);
  expect(Math.abs(drawn['centre of mass, x'] - mnist['centre of mass, x'])).toBeLessThan(0.1);
  expect(Math.abs(drawn['centre of mass, y'] - mnist['centre of mass, y'])).toBeLessThan(0.1);
}, 60_000);

import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { reliabilityOf } from '../../../shared/reliability.ts';
import {
  fitTemperature,
  LEAST_TEMPERATURE,
  MOST_TEMPERATURE,
  scaledAnswers,
  softmaxAt,
  type ScoredImages,
} from '../../../shared/temperature.ts';

/** Images whose classes are drawn with the very probabilities that their logits have at a temperature. */
function honestImages(temperature: number, count: number, classes = 10): ScoredImages {
  const random = xoroshiro128plus(2017);
  const next = (): number => uniformFloat64(random);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const logits = Float32Array.from({ length: count * classes }, () => 3 * temperature * normal());
  const labels = Uint16Array.from({ length: count }, (_, k) => {
    const row = logits.subarray(k * classes, (k + 1) * classes);
    let left = next();
    const shares = softmaxAt(row, temperature);
    return Math.max(
      0,
      shares.findIndex((share) => (left -= share) < 0),
    );
  });
  return { logits, classes, labels };
}

/** The best of many temperatures, evenly over their logarithm. */
function scan(images: ScoredImages, steps: number): { temperature: number; loss: number } {
  const ratio = Math.log(MOST_TEMPERATURE / LEAST_TEMPERATURE);
  const tried = Array.from({ length: steps + 1 }, (_, k) => {
    const temperature = LEAST_TEMPERATURE * Math.exp((ratio * k) / steps);
    return { temperature, loss: scaledAnswers(images, temperature).loss };
  });
  return tried.reduce((best, each) => (each.loss < best.loss ? each : best));
}

const someImages = fc
  .record({ count: fc.integer({ min: 1, max: 12 }), classes: fc.integer({ min: 2, max: 5 }) })
  .chain(({ count, classes }) =>
    fc.record({
      classes: fc.constant(classes),
      logits: fc.float32Array({
        ...{ minLength: count * classes, maxLength: count * classes },
        ...{ min: -200, max: 200, noNaN: true },
      }),
      labels: fc.array(fc.integer({ min: 0, max: classes - 1 }), {
        ...{ minLength: count, maxLength: count },
      }),
    }),
  );

describe('the fitted temperature', () => {
  it.each([0.4, 1, 1.7, 6])('is the one by which the classes were drawn: %d', (temperature) => {
    const images = honestImages(temperature, 20_000);
    const fitted = fitTemperature(images)!;
    expect(fitted.bound).toBeNull();
    // Some four standard errors of so many images.
    expect(Math.abs(Math.log(fitted.temperature / temperature))).toBeLessThan(0.04);
    const right = [...(images.labels as Uint16Array)].map((label, k) => {
      const row = images.logits.subarray(k * 10, (k + 1) * 10);
      return row.indexOf(Math.max(...row)) === label;
    });
    const { expectedError } = reliabilityOf(
      right,
      scaledAnswers(images, fitted.temperature).shares,
    )!;
    expect(expectedError).toBeLessThan(0.015);
  });

  it('is where a scan of many finds the least loss', () => {
    const images = honestImages(2.3, 500);
    const { temperature } = fitTemperature(images)!;
    const best = scan(images, 4_000);
    expect(Math.abs(Math.log(temperature / best.temperature))).toBeLessThan(0.002);
    expect(scaledAnswers(images, temperature).loss).toBeLessThanOrEqual(best.loss);
  });

  it('has no greater loss than any other, whatever the network gives', () => {
    fc.assert(
      fc.property(someImages, (images) => {
        const { temperature, bound } = fitTemperature(images)!;
        expect(temperature).toBeGreaterThanOrEqual(LEAST_TEMPERATURE);
        expect(temperature).toBeLessThanOrEqual(MOST_TEMPERATURE);
        if (bound !== null)
          expect(temperature).toBe(bound === 'least' ? LEAST_TEMPERATURE : MOST_TEMPERATURE);
        const { loss } = scaledAnswers(images, temperature);
        const slack = 1e-9 * (1 + Math.abs(loss));
        expect(loss).toBeLessThanOrEqual(scaledAnswers(images, 1).loss + slack);
        expect(loss).toBeLessThanOrEqual(scan(images, 60).loss + slack);
      }),
      { numRuns: 300 },
    );
  });

  const of = (rows: number[][], labels: number[]): ScoredImages => ({
    logits: Float32Array.from(rows.flat()),
    classes: rows[0]?.length ?? 2,
    labels,
  });

  it('is the least that is tried where every image is right', () => {
    const images = of([[1, 0], [0, 3]], [0, 1]); // prettier-ignore
    expect(fitTemperature(images)).toEqual({ temperature: LEAST_TEMPERATURE, bound: 'least' });
  });

  it('is the most that is tried where the scores are worse than none', () => {
    const images = of([[1, 0], [0, 3]], [1, 0]); // prettier-ignore
    expect(fitTemperature(images)).toEqual({ temperature: MOST_TEMPERATURE, bound: 'most' });
  });

  it('is 1 where all scores are equal, so that none changes anything', () => {
    expect(fitTemperature(of([[2, 2], [-1, -1]], [0, 1]))).toEqual({ temperature: 1, bound: null }); // prettier-ignore
  });

  it('is none without images, and of a network that gives no numbers', () => {
    expect(fitTemperature(of([], []))).toBeNull();
    for (const broken of [NaN, Infinity, -Infinity])
      expect(fitTemperature(of([[1, broken]], [0]))).toBeNull();
  });
});

describe('what a temperature makes of the images', () => {
  it('is the softmax of the divided scores, and its mean −ln', () => {
    fc.assert(
      fc.property(
        someImages,
        fc.double({ min: LEAST_TEMPERATURE, max: MOST_TEMPERATURE, noNaN: true }),
        (images, temperature) => {
          const { logits, classes, labels } = images;
          const rows = labels.map((_, k) =>
            softmaxAt(logits.subarray(k * classes, (k + 1) * classes), temperature),
          );
          const { loss, shares } = scaledAnswers(images, temperature);
          rows.forEach((row, k) => expect(shares[k]).toBeCloseTo(Math.max(...row), 12));
          const likelihoods = rows.map((row, k) => row[labels[k]!]!);
          // Smaller ones are rounded away by the softmax, not by the loss.
          if (likelihoods.every((share) => share > 1e-300))
            expect(loss).toBeCloseTo(
              likelihoods.reduce((sum, share) => sum - Math.log(share), 0) / rows.length,
              8,
            );
        },
      ),
    );
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RunHistory } from '../../main/run-history.ts';
import { readHistory } from '../../main/trainer/checkpoint/history.ts';
import { appendMetrics, MetricsLog } from '../../main/trainer/checkpoint/metrics-log.ts';
import { StepReporter } from '../../main/trainer/training/step-reporter.ts';
import { CurveColumns } from '../../renderer/chart/curve-columns.ts';
import { linesOf, type CurveLines } from '../../renderer/chart/curve.ts';
import { smoothBySteps } from '../../renderer/chart/smooth.ts';
import { firstBranch } from '../../shared/branch.ts';
import { addStep } from '../../shared/branched-history.ts';
import type { CurveRange } from '../../shared/curve-view.ts';
import type { StepEvent } from '../../shared/trainer-events.ts';

/** The same run, same curve: on any machine, live, after a reload, and resumed from wherever a process was killed. */

const lossAt = (step: number): number => 2 / Math.sqrt(step) + 0.1 * Math.sin(step * step);

function linesFrom(events: readonly StepEvent[], shown: CurveRange): CurveLines {
  const columns = new CurveColumns();
  columns.take(events);
  const { steps, epochs } = columns;
  const values = columns.valuesOf('loss');
  const smoothed = smoothBySteps(steps, values);
  return linesOf({ steps, epochs, values, smoothed, validation: [] }, shown);
}

interface Machine {
  /** Milliseconds that its steps take in turn. */
  pace: number[];
  /** At a share of the run it is killed, to go on from a checkpoint at another share of that; or it only pauses. */
  ends: { at: number; back: number; isKilled: boolean }[];
}

/**
 * Trains to `total`.
 * @returns what the window has live, what it has after a reload, and what the folder tells
 */
async function trained(total: number, { pace, ends }: Machine): Promise<StepEvent[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'firstlayer-same-curve-'));
  const log = new MetricsLog();
  const history = new RunHistory();
  let [now, step, turn] = [0, 0, 0];
  let live: StepEvent[] = [];
  const reporter = new StepReporter(
    (event) => {
      log.add(event);
      history.add(event);
      addStep(live, event);
    },
    () => undefined,
    () => now,
  );
  const begin = (): void => {
    log.begin({ branch: firstBranch, step, device: '' });
    history.begin(firstBranch, step);
    live = history.snapshot().steps;
  };
  begin();
  const all = [...ends.toSorted((a, b) => a.at - b.at), { at: 1, back: 1, isKilled: false }];
  for (const { at, back, isKilled } of all) {
    while (step < Math.round(at * total)) {
      step += 1;
      now += pace[turn++ % pace.length] ?? 1;
      reporter.add({
        epoch: 1,
        step,
        loss: lossAt(step),
        accuracy: 0,
        learningRate: 0.1,
        examplesPerSecond: 1000 / now,
        secondsLeft: now,
      });
    }
    reporter.flush();
    // With a checkpoint, which the kill may have kept from being finished.
    await appendMetrics(folder, log.take());
    if (!isKilled) continue;
    step = Math.round(step * back);
    begin();
  }
  const { history: read } = await readHistory(folder, firstBranch, total);
  rmSync(folder, { recursive: true });
  return [live, history.snapshot().steps, read.steps];
}

const machine: fc.Arbitrary<Machine> = fc.record({
  pace: fc.array(fc.oneof(fc.double({ min: 0.01, max: 2, noNaN: true }), fc.nat(5_000)), {
    minLength: 1,
    maxLength: 5,
  }),
  ends: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      back: fc.double({ min: 0, max: 1, noNaN: true }),
      isKilled: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});

it('a run has one curve, on any machine and however it was interrupted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 15_000 })),
      machine,
      async (total, any) => {
        const [expected] = await trained(total, { pace: [1], ends: [] });
        const views = [
          { from: 0, to: total },
          { from: total / 3, to: total / 2 },
        ];
        const lines = views.map((shown) => linesFrom(expected!, shown));
        for (const steps of await trained(total, any)) {
          expect(steps).toEqual(expected);
          expect(views.map((shown) => linesFrom(steps, shown))).toEqual(lines);
        }
      },
    ),
    { numRuns: 20 },
  );
}, 60_000);

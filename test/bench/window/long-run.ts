import { Saver } from '../../../main/trainer/training/saving/saver.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import { isReportedStep } from '../../../shared/thin.ts';
import { openRun } from '../open-run.ts';

/** As ten hours of the seed network. */
export const LONG = 360_000;
const SECONDS_A_STEP = 0.1;

/** Of a run that is far from its end. */
export function longConfig(): RunConfig {
  const run = seedRun();
  return { ...run, training: { ...run.training, epochs: 5_000, precision: 'float32' } };
}

/** Numbers such as a network's: they fall, and jump from batch to batch. */
const lossAt = (step: number): number =>
  0.02 + 2.3 * Math.exp(-step / 3_000) + 0.05 * Math.abs((Math.sin(step * 12.9898) * 43.7) % 1);

/**
 * Writes a run of so many steps as the app itself would have: its curves through its own log, and a checkpoint that it goes on from. The
 * steps themselves are not done.
 */
export async function writeLongRun(path: string, steps = LONG): Promise<void> {
  const { run, folder } = await openRun(longConfig(), path);
  const saver = await Saver.begin(run, folder, () => undefined);
  const { stepsPerEpoch, config } = run;
  for (let step = 1; step <= steps; step += 1) {
    const epoch = Math.ceil(step / stepsPerEpoch);
    const loss = lossAt(step);
    const accuracy = Math.max(0, 1 - loss / 2.3);
    if (isReportedStep(step))
      saver.record({ type: 'step', epoch, step, loss, accuracy, learningRate: 0.001 });
    if (step % 1_024 === 0)
      saver.record({ type: 'clock', epoch, step, seconds: step * SECONDS_A_STEP });
    if (step % stepsPerEpoch !== 0) continue;
    const score = { loss: lossAt(step), accuracy };
    saver.record({
      ...{ type: 'epoch', epoch, step, batches: stepsPerEpoch, train: score },
      validation: score,
    });
  }
  const inEpoch = steps % stepsPerEpoch;
  const { batchSize } = config.data;
  Object.assign(run.cursor, {
    step: steps,
    epoch: Math.floor(steps / stepsPerEpoch),
    position: inEpoch * batchSize,
    batches: inEpoch,
    lossSum: inEpoch * batchSize,
    correct: 0,
  });
  run.trainingSeconds = steps * SECONDS_A_STEP;
  await saver.finish();
  await saver.close();
  await folder.close();
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFilm } from '../../../main/trainer/checkpoint/film/read-film.ts';
import { readHistory } from '../../../main/trainer/checkpoint/history.ts';
import { firstBranch } from '../../../shared/branch.ts';
import { checkpointSteps, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

const dataset = await smallDataset(450, 20);

it('a run that is saved elsewhere from now on takes its curves, its film and its description along', async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  let saved = 0;
  const events = await trainUntilIdle(first, smallRun(dataset, 'float32'), (event) =>
    event.type === 'saved' && ++saved === 1 ? { type: 'save-to', checkpointDir: second } : null,
  );
  expect(failures(events)).toEqual([]);
  const last = 3 * STEPS_AN_EPOCH;
  expect(checkpointSteps(first)).toContain(STEPS_AN_EPOCH);
  expect(checkpointSteps(second)).toContain(last);

  const told = events.flatMap((event) => (event.type === 'epoch' ? [event.step] : []));
  const { history, problems } = await readHistory(second, firstBranch, last);
  expect(problems).toEqual([]);
  expect(history.epochs.map(({ step }) => step)).toEqual(
    told.filter((step) => step > Math.max(...checkpointSteps(first))),
  );
  expect(history.steps.at(-1)?.step).toBe(last);
  const [head] = readFileSync(join(second, 'metrics.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(head ?? '')).toMatchObject({ type: 'resumed', branch: 1 });
  const { film } = await readFilm(second, firstBranch, last);
  expect(film.frames.map(({ step }) => step)).toEqual(
    expect.arrayContaining([0, STEPS_AN_EPOCH, 8, 16, last]),
  );
  expect(existsSync(join(second, 'run.json'))).toBe(true);
  expect(existsSync(join(second, 'tensorboard', 'validation'))).toBe(true);
});

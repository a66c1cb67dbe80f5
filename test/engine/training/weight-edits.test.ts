import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBundle, readBundleFloats } from '../../../main/trainer/checkpoint/bundle/read.ts';
import { nameOf } from '../../../main/trainer/checkpoint/names.ts';
import { createService } from '../../../main/trainer/service.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import type { WeightEdit } from '../../../shared/weight-edit.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** Weights that a person sets by hand. */

const dataset = await smallDataset(450, 20);
const run = smallRun(dataset, 'float32');
const LAST = 3 * STEPS_AN_EPOCH;
/** Of the seed network's first convolution, 3×3×1×32. */
const edit: WeightEdit = { row: 1, column: 2, channel: 0, filter: 5, value: 0.75 };
const PLACE = (1 * 3 + 2) * 32 + 5;

type Answer = TrainerEventOf<'answer'>;
const isPaused = (event: TrainerEvent): boolean =>
  event.type === 'phase' && event.phase === 'paused';
const kernelsIn = (events: readonly TrainerEvent[], id: number): number[] => {
  const event = events.find((each): each is Answer => each.type === 'answer' && each.id === id);
  return event && 'values' in event.answer ? [...event.answer.values] : [];
};
const askKernels = (id: number): TrainerCommand => ({
  type: 'ask',
  id,
  question: { type: 'filters' },
});
async function variablesOf(folder: string, step: number, branch: number) {
  const bundle = await openBundle(join(folder, nameOf({ step, branch })));
  const { variables } = bundle;
  variables.delete('global_step');
  return readBundleFloats(bundle, variables);
}

it('in a pause are in what is asked, not in what is saved, and a run that just goes on does not have them', async () => {
  const [edited, plain] = [temporaryFolder(), temporaryFolder()];
  const events: TrainerEvent[] = [];
  let isAsked = false;
  const service = createService((event) => {
    events.push(event);
    const commands: TrainerCommand[] = [];
    if (event.type === 'step' && !isAsked) {
      isAsked = true;
      commands.push({ type: 'pause' });
    } else if (isPaused(event))
      commands.push(
        askKernels(1),
        { type: 'edit-weights', edits: [{ ...edit, value: 9 }, edit] },
        askKernels(2),
        // A change saves what was before it.
        { type: 'change', change: { learningRate: run.optimizer.learningRate } },
        { type: 'edit-weights', edits: [] },
        askKernels(3),
        { type: 'edit-weights', edits: [edit] },
        { type: 'resume' },
      );
    for (const command of commands) setImmediate(() => service.handle(command));
  });
  service.handle({ type: 'start', checkpointDir: edited, config: run });
  await service.idle;
  service.handle({ type: 'shutdown' });
  await trainUntilIdle(plain, run);

  expect(failures(events)).toEqual([]);
  const [before, set, back] = [1, 2, 3].map((id) => kernelsIn(events, id));
  expect(set!.flatMap((weight, k) => (weight === before![k] ? [] : [[k, weight]]))).toEqual([
    [PLACE, 0.75],
  ]);
  expect(back).toEqual(before);
  expect(checkpointHash(edited, LAST)).toBe(checkpointHash(plain, LAST));
});

it('with which a run goes on begin a branch that says so, and change nothing of what was saved', async () => {
  const folder = temporaryFolder();
  const two = { ...run, training: { ...run.training, epochs: 2 } };
  await trainUntilIdle(folder, two);
  const at = 2 * STEPS_AN_EPOCH;
  const saved = checkpointHash(folder, at);
  const before = await variablesOf(folder, at, 1);

  const events = await trainUntilIdle(folder, run, () => null, { edits: [edit] });
  expect(failures(events)).toEqual([]);
  const was = before.get('convolution_1/weights')![PLACE];
  expect(events.find(({ type }) => type === 'started')).toMatchObject({
    branch: 2,
    forks: [{ branch: 1, step: at }],
  });
  expect(events.find(({ type }) => type === 'weights-edited')).toEqual({
    type: 'weights-edited',
    epoch: 3,
    step: at,
    edits: [{ ...edit, was }],
  });
  expect(checkpointHash(folder, at)).toBe(saved);
  const begun = await variablesOf(folder, at, 2);
  const expected = new Map(before).set(
    'convolution_1/weights',
    before
      .get('convolution_1/weights')!
      .slice()
      .fill(0.75, PLACE, PLACE + 1),
  );
  expect(begun).toEqual(expected);
  // What the checkpoint before was worth is not told as the branch's own.
  const validationOf = (branch: number): unknown =>
    (
      JSON.parse(readFileSync(join(folder, `${nameOf({ step: at, branch })}.json`), 'utf8')) as {
        validation: unknown;
      }
    ).validation;
  expect(validationOf(1)).not.toBeNull();
  expect(validationOf(2)).toBeNull();

  // It is told to whoever opens the folder later, and the branch goes on as any other.
  const opened = await openedIn(folder);
  expect(opened.history.events.map(({ branch, event }) => [branch, event.type])).toContainEqual([
    2,
    'weights-edited',
  ]);
  expect(opened.restoredFrom).toMatchObject({ step: LAST });
});

async function openedIn(checkpointDir: string): Promise<TrainerEventOf<'opened'>> {
  const events: TrainerEvent[] = [];
  const service = createService((event) => events.push(event));
  service.handle({ type: 'open', checkpointDir });
  await service.idle;
  service.handle({ type: 'shutdown' });
  return events.find((event) => event.type === 'opened')!;
}

it('are refused where there is no such weight, no checkpoint, or the run is training', async () => {
  const folder = temporaryFolder();
  const fresh = await trainUntilIdle(folder, run, () => null, { edits: [edit] });
  expect(fresh.find(({ type }) => type === 'failed')).toMatchObject({
    what: expect.stringContaining('no checkpoint') as string,
    refused: true,
  });

  let isTold = false;
  const training = await trainUntilIdle(folder, run, (event) => {
    if (event.type !== 'step' || isTold) return null;
    isTold = true;
    return { type: 'edit-weights', edits: [edit] };
  });
  expect(failures(training)).toMatchObject([{ type: 'warning', remedy: 'Pause it first.' }]);

  const outside = await trainUntilIdle(folder, run, () => null, {
    edits: [{ ...edit, filter: 32 }],
  });
  expect(outside.find(({ type }) => type === 'failed')).toMatchObject({
    what: 'There is no weight in row 2, column 3, channel 1 of filter 33: the kernels are 3×3×1, and there are 32.',
    refused: true,
  });
});

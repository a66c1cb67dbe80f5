import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import * as v from 'valibot';
import { beforeAll, expect, it, vi } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { presets } from '../../../shared/presets.ts';
import type { Question } from '../../../shared/questions.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import { trainerEventSchema, type TrainerEvent } from '../../../shared/trainer-events.ts';
import { createService } from '../../../main/trainer/service.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, trainUntilIdle } from '../../support/trainer.ts';

/** Whatever a person does, in whatever order: everything asked is answered once, and the run ends with the same bits. */

const LAST = 12;
let config: RunConfig;
let reference = '';
beforeAll(async () => {
  const dataset = await smallDataset(450, 20);
  const preset = presets['small-and-fast']!();
  config = {
    ...preset,
    data: { ...preset.data, dataset, batchSize: 64, validationSize: 50 },
    training: { ...preset.training, maxSteps: LAST, epochs: 2, precision: 'float32' },
    checkpoints: { ...preset.checkpoints, everySteps: 2 },
  };
  const folder = temporaryFolder();
  await trainUntilIdle(folder, config);
  reference = checkpointHash(folder, LAST);
});

type Made = (id: number, checkpointDir: string) => TrainerCommand;

const pixels = Uint8Array.from({ length: 784 }, (_, k) => (k * 37) % 256);
const image = { height: 28, width: 28, channels: 1, pixels };
// Some layers and classes that there are, and some that there are not.
const layer = fc.nat(14);
const digit = fc.option(fc.nat(11));
const name = fc.nat(LAST + 1).map((step) => `model.ckpt-${step}`);

const question: fc.Arbitrary<Question> = fc.oneof(
  fc.constant<Question>({ type: 'predict', image }),
  fc.constant<Question>({ type: 'filters' }),
  fc.option(layer).map((at): Question => ({ type: 'activations', image, layer: at })),
  digit.map((each): Question => ({ type: 'saliency', image, class: each })),
  fc
    .tuple(digit, fc.option(layer))
    .map(([each, at]): Question => ({ type: 'grad-cam', image, class: each, layer: at })),
);

const command: fc.Arbitrary<Made> = fc.oneof(
  fc.constantFrom('pause', 'resume', 'stop').map((type): Made => () => ({ type })),
  {
    arbitrary: fc.constant<Made>((_, checkpointDir) => ({ type: 'start', checkpointDir, config })),
    weight: 3,
  },
  fc.constant<Made>((id) => ({
    type: 'try-rates',
    id,
    config,
    range: { least: 1e-5, most: 1, steps: 50 },
  })),
  fc.constant<Made>(() => ({ type: 'stop-trying-rates' })),
  fc.constant<Made>((id) => ({
    type: 'measure-cost',
    id,
    config,
    image: { height: 28, width: 28, channels: 1, classes: 10 },
  })),
  fc.constant<Made>(() => ({ type: 'stop-measuring-cost' })),
  fc.constant<Made>((_, checkpointDir) => ({ type: 'open', checkpointDir })),
  name.map((from): Made => (_, checkpointDir) => ({ type: 'open', checkpointDir, from })),
  {
    arbitrary: question.map((each): Made => (id) => ({ type: 'ask', id, question: each })),
    weight: 5,
  },
  fc
    .oneof(
      fc.constant({ type: 'list' as const }),
      name.map((each) => ({ type: 'show' as const, name: each })),
      fc.tuple(name, fc.boolean()).map(([each, pinned]) => ({
        type: 'pin' as const,
        name: each,
        pinned,
      })),
    )
    .map((request): Made => (id, checkpointDir) => ({
      type: 'checkpoints',
      id,
      checkpointDir,
      request,
    })),
);

/** Commands, each with the milliseconds that pass after it. */
const session = fc.array(fc.tuple(command, fc.constantFrom(0, 0, 1, 10, 60)), {
  minLength: 5,
  maxLength: 25,
});

const idOf = (event: object): number | null =>
  'id' in event && typeof event.id === 'number' ? event.id : null;

it('any commands in any order are answered once each, and the run ends with the same bits', async () => {
  const property = fc.asyncProperty(session, async (commands) => {
    const folder = temporaryFolder();
    const events: TrainerEvent[] = [];
    const service = createService((event) => events.push(event));
    const asked: number[] = [];
    const handled: string[] = [];
    for (const [index, [made, pause]] of commands.entries()) {
      const each = made(index, folder);
      if (idOf(each) !== null) asked.push(index);
      handled.push(each.type);
      service.handle(each);
      await sleep(pause);
    }
    service.handle({ type: 'stop' });
    await service.idle;
    const answered = () => events.flatMap((event) => idOf(event) ?? []).sort((a, b) => a - b);
    await vi.waitFor(() => expect(answered(), handled.join(', ')).toEqual(asked), 10_000);
    // Time for an answer too many.
    await sleep(50);
    service.handle({ type: 'shutdown' });
    for (const event of events) v.parse(trainerEventSchema, event);
    expect(answered(), handled.join(', ')).toEqual(asked);
    const phases = events.flatMap((event) => (event.type === 'phase' ? event.phase : []));
    expect(phases.at(-1) ?? 'idle').toBe('idle');
    const told = failures(await trainUntilIdle(folder, config));
    expect(told, handled.join(', ')).toEqual([]);
    expect(checkpointHash(folder, LAST), handled.join(', ')).toBe(reference);
  });
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 9), endOnFailure: true });
});

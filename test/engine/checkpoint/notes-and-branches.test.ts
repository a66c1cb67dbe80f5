import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckpointAnswer, CheckpointRequest } from '../../../shared/checkpoint-protocol.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { answerCheckpointRequest } from '../../../main/trainer/checkpoint/requests/answer-request.ts';
import { builtProgram } from '../../support/built-programs.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** What a person notes on a run while it trains, and what is told of its branches, on real runs. */

const E = STEPS_AN_EPOCH;
let folder = '';
let events: TrainerEvent[] = [];
const ask = (request: CheckpointRequest): Promise<CheckpointAnswer> =>
  answerCheckpointRequest(folder, null, request);
const notes = async (): Promise<string[]> => {
  const answer = await ask({ type: 'notes' });
  return answer.type === 'notes'
    ? answer.notes.map(({ branch, step, text }) => `${branch} ${step} ${text}`)
    : [];
};
const checkpoints = (...args: string[]) => {
  const argv = [builtProgram('checkpoints'), ...args, '--checkpoint-dir', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  return { code: status, out: stdout, error: stderr };
};

beforeAll(async () => {
  folder = temporaryFolder();
  const run = smallRun(await smallDataset(450, 100), 'float32');
  const config = { ...run, training: { ...run.training, epochs: 2 } };
  // Three at once, while the run trains and saves: none takes another's place.
  let isNoted = false;
  let asked = 0;
  const whileTraining = (event: TrainerEvent): TrainerCommand | null => {
    if (event.type !== 'step' || isNoted) return null;
    if (++asked === 3) isNoted = true;
    const request = {
      type: 'add-note',
      branch: 1,
      step: event.step,
      text: `live ${asked}`,
    } as const;
    return { type: 'checkpoints', id: asked, checkpointDir: folder, request };
  };
  events = await trainUntilIdle(folder, config, whileTraining);
  events.push(...(await trainUntilIdle(folder, config, () => null, { from: `model.ckpt-${E}` })));
});

describe('notes', () => {
  it('are kept while a run trains, and training on or branching keeps them', async () => {
    expect(failures(events)).toEqual([]);
    expect((await notes()).sort()).toEqual(['1 1 live 1', '1 2 live 2', '1 3 live 3']);
  });

  it('change nothing of a checkpoint, and are changed and removed by number', async () => {
    const before = checkpointHash(folder, E);
    const added = await ask({ type: 'add-note', branch: 1, step: E, text: 'sevens look right' });
    const id = added.type === 'notes' ? added.notes.at(-1)!.id : 0;
    await ask({ type: 'edit-note', id, text: 'sevens look wrong' });
    expect(await notes()).toContain(`1 ${E} sevens look wrong`);
    await ask({ type: 'remove-note', id });
    expect(await notes()).toHaveLength(3);
    expect(await ask({ type: 'remove-note', id })).toMatchObject({ type: 'refused' });
    expect(checkpointHash(folder, E)).toBe(before);
  });

  it('are added to a checkpoint and listed in the terminal', () => {
    expect(checkpoints('note', `model.branch-2.ckpt-${2 * E}`, 'after', 'the', 'fork').code).toBe(
      0,
    );
    expect(checkpoints('notes').out).toMatch(new RegExp(`\\n +2 +${2 * E}  after the fork\\n`));
    expect(checkpoints('note', 'model.ckpt-1', 'nowhere')).toMatchObject({ code: 1, out: '' });
    expect(checkpoints('note', `model.ckpt-${E}`).error).toContain('a note needs a text');
  });

  it('of another program are left, and the run goes on beside them', async () => {
    const path = join(folder, 'notes.json');
    const ours = readFileSync(path, 'utf8');
    writeFileSync(path, '["mine"]');
    expect(checkpoints('notes').code).toBe(1);
    expect(await ask({ type: 'add-note', branch: 1, step: 1, text: 'x' })).toMatchObject({
      type: 'refused',
      failure: { where: path },
    });
    expect(readFileSync(path, 'utf8')).toBe('["mine"]');
    writeFileSync(path, ours);
  });
});

describe('branches', () => {
  it('are told by their newest records, the newest first', async () => {
    const answer = await ask({ type: 'branches' });
    expect(answer).toMatchObject({
      type: 'branches',
      branches: [
        { branch: { number: 2, forks: [{ branch: 1, step: E }] }, step: 2 * E, epoch: 2 },
        { branch: { number: 1, forks: [] }, step: 2 * E, epoch: 2 },
      ],
    });
  });

  it('have the curves that were told live, each on its own way', async () => {
    const told = events.flatMap((event) => (event.type === 'step' ? [event] : []));
    const [first, second] = [told.slice(0, 2 * E), told.slice(2 * E)];
    expect(second.map(({ step }) => step)).toEqual(Array.from({ length: E }, (_, k) => E + 1 + k));
    for (const [branch, steps] of [
      [1, first],
      [2, [...first.slice(0, E), ...second]],
    ] as const) {
      const answer = await ask({ type: 'curves', branch });
      if (answer.type !== 'curves') throw new Error(JSON.stringify(answer));
      expect([...answer.training.steps]).toEqual(steps.map(({ step }) => step));
      expect([...answer.training.loss]).toEqual(steps.map(({ loss }) => Math.fround(loss)));
      expect(answer.epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
        [1, E],
        [2, 2 * E],
      ]);
    }
    expect(await ask({ type: 'curves', branch: 9 })).toMatchObject({ type: 'refused' });
  });
});

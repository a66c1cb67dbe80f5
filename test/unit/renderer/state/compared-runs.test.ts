import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { ComparedRuns } from '../../../../renderer/state/compared-runs.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { RememberedChoices } from '../../../../renderer/state/train-choices.svelte.ts';
import type { BranchSummary } from '../../../../shared/compared-runs.ts';
import { initialTrainChoices } from '../../../../shared/train-choices.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

/** The present run is branch 2, forked from step 4 of branch 1. */
const present = { number: 2, forks: [{ branch: 1, step: 4 }] };
const summary = (number: number): BranchSummary => ({
  ...{ branch: { number, forks: [] }, step: 8, epoch: 1 },
  ...{ validation: null, network: 'Small', dataset: 'mnist' },
});
const curves = (number: number) => ({
  type: 'curves',
  branch: { number, forks: [] },
  training: {
    steps: Uint32Array.from([4, 8]),
    loss: Float32Array.from([2, 1]),
    accuracy: Float32Array.from([0.1, 0.5]),
  },
  epochs: [],
});

let bridge: AnsweringBridge;
let choices: RememberedChoices;
let compared: ComparedRuns;
const answer = (value: unknown) => bridge.last('comparedRun').answer(value);
const other = { folder: '/run', branch: 1 };
const earlier = { folder: '/earlier', branch: 1 };

beforeEach(() => {
  bridge = new AnsweringBridge();
  const api = new Api(bridge);
  choices = new RememberedChoices(api, new Notices(api));
  compared = new ComparedRuns(api, {
    folder: { path: '/run', recent: ['/earlier'] },
    runEvents: { branch: present },
    curves: { epochs: [] },
    trainChoices: choices,
  });
});

describe('runs to compare with', () => {
  it('are the other branches of the folder, and those of folders used before', async () => {
    void compared.look();
    const [own, recent] = bridge.asked.slice(-2);
    await own!.answer({ type: 'branches', branches: [summary(2), summary(1)] });
    await recent!.refuse({ what: 'Gone.', where: '/earlier', remedy: 'Plug it in.' });
    const numbers = compared.folders.map(({ branches }) =>
      branches?.map(({ branch }) => branch.number),
    );
    expect(numbers).toEqual([[1], undefined]);
    expect(compared.folders[1]!.failure!.what).toBe('Gone.');
  });

  it('are laid over from where they part, remembered with their colours, and taken away', async () => {
    compared.toggle(other);
    await answer({ type: 'branches', branches: [summary(2), summary(1)] });
    await answer(curves(1));
    expect(bridge.last('saveTrainChoices').input).toMatchObject({
      compared: [{ ...other, colour: 1 }],
    });
    const [line] = compared.extraLines.loss;
    expect(line).toMatchObject({ label: 'branch 1', colour: '--series-1', isStrong: false });
    expect(line!.points.map(({ x, y }) => [x, y])).toEqual([[8, 1]]);
    compared.pointAt(other);
    compared.setColour(other, 5);
    expect(compared.extraLines.accuracy[0]).toMatchObject({ colour: '--series-5', isStrong: true });
    compared.toggleReference(other);
    expect(compared.difference).toContain('No epoch is done yet');
    compared.toggle(other);
    expect(compared.extraLines.loss).toEqual([]);
    expect(choices.choices).toEqual(initialTrainChoices);
  });

  it('are there again after a restart, but for folders that are not among the recent ones any more', async () => {
    choices.load({
      ...initialTrainChoices,
      compared: [
        { ...earlier, colour: 2 },
        { folder: '/forgotten', branch: 1, colour: 3 },
        { folder: '/run', branch: 2, colour: 4 },
      ],
    });
    compared.load();
    await answer({ type: 'branches', branches: [summary(1)] });
    await answer(curves(1));
    const folders = bridge.asked.map(({ input }) => (input as { folder: string }).folder);
    expect(new Set(folders)).toEqual(new Set(['/earlier']));
    expect(compared.extraLines.loss.map(({ label }) => label)).toEqual(['earlier']);
  });

  it('are eight at most, no two in one colour', () => {
    for (let branch = 3; branch < 13; branch++) compared.toggle({ folder: '/run', branch });
    const { compared: lines } = choices.choices;
    expect(lines).toHaveLength(8);
    expect(new Set(lines.map(({ colour }) => colour)).size).toBe(8);
    expect(compared.isFull).toBe(true);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { METRICS, readHistory } from '../../../../main/trainer/checkpoint/history.ts';
import { appendMetrics, MetricsLog } from '../../../../main/trainer/checkpoint/metrics-log.ts';
import { firstBranch, type Branch } from '../../../../main/trainer/checkpoint/record.ts';
import type { StepEvent } from '../../../../shared/trainer-events.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstlayer-history-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const step = (at: number, loss = 1): StepEvent => ({
  type: 'step',
  epoch: 1,
  step: at,
  loss,
  accuracy: 0,
  learningRate: 0.1,
  examplesPerSecond: 1,
  secondsLeft: null,
});

const write = (...lines: unknown[]): void => {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(join(folder, METRICS), text.join('\n'));
};

const resumed = (at: number, branch = 1) => ({ type: 'resumed', branch, step: at });
const stepsOf = async (branch: Branch, last: number): Promise<number[]> =>
  (await readHistory(folder, branch, last)).history.steps.map((event) => event.step);

describe('curves', () => {
  it('end at the checkpoint, and what was trained again counts once', async () => {
    write(resumed(0), step(1), step(2), step(3, 7), resumed(2), step(3, 5), step(4), '');
    const { history, problems } = await readHistory(folder, firstBranch, 3);
    expect(history.steps.map((event) => [event.step, event.loss])).toEqual([
      [1, 1],
      [2, 1],
      [3, 5],
    ]);
    expect(problems).toEqual([]);
  });

  it('of a branch join those of its ancestors where they forked, and no others', async () => {
    const second: Branch = { number: 2, forks: [{ branch: 1, step: 2 }] };
    write(resumed(0), step(1), step(2), step(3), resumed(2, 2), step(3, 9), step(4, 9), '');
    expect(await stepsOf(second, 4)).toEqual([1, 2, 3, 4]);
    const { history } = await readHistory(folder, second, 4);
    expect(history.steps.map(({ loss }) => loss)).toEqual([1, 1, 9, 9]);
    expect(await stepsOf(firstBranch, 9)).toEqual([1, 2, 3]);
  });

  it('lose a line that a crash tore, which is said', async () => {
    write(resumed(0), step(1), '{"type":"step","ste');
    const { history, problems } = await readHistory(folder, firstBranch, 9);
    expect(history.steps).toHaveLength(1);
    expect(problems[0]).toMatchObject({ where: join(folder, METRICS) });
    expect(problems[0]?.what).toContain('cut off');
    await appendMetrics(folder, [JSON.stringify(step(2))]);
    expect(await stepsOf(firstBranch, 9)).toEqual([1, 2]);
    expect((await readHistory(folder, firstBranch, 9)).problems).toEqual([]);
  });

  it('of any length are read in bounded memory: evenly thinned, first and last there', async () => {
    const count = 100_000;
    write(resumed(0), ...Array.from({ length: count }, (_, k) => step(k + 1)), '');
    const steps = await stepsOf(firstBranch, count);
    expect(steps.length).toBeLessThanOrEqual(16_001);
    expect(steps.length).toBeGreaterThan(4_000);
    expect(steps.at(-1)).toBe(count);
    const gaps = steps.slice(1, -1).map((at, k) => at - (steps[k] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(2 * (count / steps.length + 1));
  });

  it('are never appended to another program’s file', async () => {
    write('{"loss": 3}', '');
    const log = new MetricsLog();
    log.begin({ branch: firstBranch, step: 0, device: 'this one' });
    await expect(appendMetrics(folder, log.take())).rejects.toThrow(/another program’s/);
  });
});

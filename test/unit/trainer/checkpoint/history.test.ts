import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { METRICS, readHistory } from '../../../../main/trainer/checkpoint/history.ts';
import { appendMetrics, MetricsLog } from '../../../../main/trainer/checkpoint/metrics-log.ts';
import { firstBranch, type Branch } from '../../../../shared/branch.ts';
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

  it('of any length are read in bounded memory: thinned by the number of the step, first and last there', async () => {
    const count = 100_000;
    write(resumed(0), ...Array.from({ length: count }, (_, k) => step(k + 1)), '');
    const steps = await stepsOf(firstBranch, count);
    expect(steps.length).toBeLessThanOrEqual(16_001);
    expect(steps.length).toBeGreaterThan(4_000);
    expect(steps.at(0)).toBe(1);
    expect(steps.at(-1)).toBe(count);
    for (const [k, at] of steps.slice(1).entries())
      expect(at - (steps[k] ?? 0)).toBeLessThanOrEqual(Math.max(1, at / 2_048));
  });

  it('of an earlier version, reported by the clock and with the speed, are read, each step without it', async () => {
    const clock = { examplesPerSecond: 7206.113, secondsLeft: 77.2 };
    write(resumed(0), { ...step(3), ...clock }, { ...step(8), ...clock, secondsLeft: null }, '');
    const { history } = await readHistory(folder, firstBranch, 9);
    expect(history.steps).toEqual([step(3), step(8)]);
  });

  it('of a branch begin where it was forked, whatever one of its number had before', async () => {
    const second: Branch = { number: 2, forks: [{ branch: 1, step: 3 }] };
    const lines = [resumed(0), step(1), step(2), resumed(1, 2), step(2, 9), step(3, 9)];
    write(...lines, resumed(2), step(3), resumed(3, 2), step(4, 5), '');
    const { history } = await readHistory(folder, second, 4);
    expect(history.steps).toEqual([step(1), step(2), step(3), step(4, 5)]);
  });

  it('are never appended to another program’s file', async () => {
    write('{"loss": 3}', '');
    const log = new MetricsLog();
    log.begin({ branch: firstBranch, step: 0, device: 'this one' });
    await expect(appendMetrics(folder, log.take())).rejects.toThrow(/another program’s/);
  });

  it('are appended to nothing in a folder that is another now: no file is left there, nor is an empty one taken away', async () => {
    const lost = (): Promise<void> => Promise.reject(new Error('The folder is another now.'));
    const lines = [JSON.stringify(resumed(0))];
    await expect(appendMetrics(folder, lines, lost)).rejects.toThrow('another now');
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, METRICS), '');
    await expect(appendMetrics(folder, lines, lost)).rejects.toThrow('another now');
    expect(readdirSync(folder)).toEqual([METRICS]);
  });
});

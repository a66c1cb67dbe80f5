import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { trainerEventSchema } from '../../../shared/trainer-events.ts';
import { configFile, runCli, tinyRun } from '../../support/cli.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';

const dataset = await smallDataset(450, 20);

it('--find-rate prints what the rates did and which one is suggested, and makes no folder', async () => {
  const folder = join(temporaryFolder(), 'not made');
  const asked = ['--checkpoint-dir', folder, '--config', configFile(tinyRun(dataset))];
  const { code, out, error } = await runCli([...asked, '--find-rate']);
  expect(code, error).toBe(0);
  expect(out).toMatch(/^ *Rate {2}Cost, smoothed {2}Step\n *1e-7 /);
  expect(out).toMatch(/\nSuggested: --learning-rate 0\.\d+\nThe loss falls fastest at /);
  expect(existsSync(folder)).toBe(false);
});

it('with --json it tells each step and the suggestion; what cannot be tried is refused with 2', async () => {
  const asked = ['--config', configFile(tinyRun(dataset)), '--find-rate', '--json'];
  const on = ['--checkpoint-dir', join(temporaryFolder(), 'not made')];
  const { out } = await runCli([...asked, ...on]);
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => v.parse(trainerEventSchema, JSON.parse(line)));
  const steps = events.flatMap((event) => (event.type === 'rates-progress' ? event.tried : []));
  const last = events.at(-1);
  expect(last).toMatchObject({ type: 'rates-tried', result: { tried: steps } });
  const refused = await runCli([...asked, ...on, '--batch-size', '5000']);
  expect(refused.code).toBe(2);
  expect(refused.error).toContain('--batch-size');
});

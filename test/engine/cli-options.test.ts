import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { configFile, runCli, tinyRun } from './support/cli.ts';
import { removeTemporaryFolders, smallDataset, temporaryFolder } from './support/folders.ts';

/** Options of the terminal program that need a run under way. */

let dataset = '';
beforeAll(async () => {
  dataset = await smallDataset(450, 20);
});
afterAll(removeTemporaryFolders);

const eventsOf = (out: string): TrainerEvent[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainerEvent);

it('--from goes on with that checkpoint’s configuration, not the newest one’s', async () => {
  const folder = temporaryFolder();
  const on = ['--checkpoint-dir', folder];
  await runCli([...on, '--config', configFile(tinyRun(dataset)), '--max-steps', '2']);
  await runCli([...on, '--learning-rate', '0.5', '--max-steps', '4']);
  const { out } = await runCli([...on, '--from', 'model.ckpt-2', '--max-steps', '3', '--json']);
  const started = eventsOf(out).find((event) => event.type === 'started');
  expect(started?.config.optimizer.learningRate).toBe(0.001);
});

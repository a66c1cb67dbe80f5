import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { executableIn } from '../../scripts/packing/driven-copy.mjs';
import { packedFolder } from './packed-app.ts';

/** Root may not have Chromium's sandbox, and no page is shown here. */
const terminal = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(executableIn(packedFolder), ['--no-sandbox', ...args])).stdout;

test.each(['train', 'checkpoints', 'inspect', 'evaluate', 'predict', 'data'])(
  '--%s tells how it is called in an installed app',
  async (program) => {
    expect(await terminal('--help')).toContain(`--${program}`);
    const help = await terminal(`--${program}`, '--help');
    expect(help).toMatch(new RegExp(`^Usage: firstlayer --${program} `));
    expect(help).not.toMatch(/npm|docs\//);
  },
);

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadDataset } from '../../support/datasets.ts';
import { temporaryFolder } from '../../support/folders.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { knownPrecision } from '../../../main/trainer/start/known-precision.ts';
import { choiceOf, measurePrecisions } from '../../../main/trainer/start/precision.ts';
import { lacksBfloat16 } from '../../../main/trainer/tensorflow/layout-support.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { dense, descent, flatten } from '../../support/networks.ts';

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadDataset('mnist', 5000);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const image = { height: 28, width: 28, channels: 1, classes: 10 };
const config = descent([flatten, dense(10)]);

it('measures both, says what it found and frees both networks', async () => {
  const closed = vi.spyOn(Session.prototype, 'close');
  const { precision, reason } = choiceOf(await measurePrecisions(config, mnist, image));
  const [float32, bfloat16] = [...reason.matchAll(/([\d.]+) ms/g)].map(([, ms]) => Number(ms));
  // Told to a tenth of a millisecond, in which they may be equal.
  if (float32 !== bfloat16) expect(precision).toBe(bfloat16! < float32! ? 'bfloat16' : 'float32');
  expect(closed).toHaveBeenCalledTimes(2);
});

const isDecided = await lacksBfloat16();

it.runIf(isDecided)('measures nothing where the processor has no instructions for it', async () => {
  const opened = vi.spyOn(Session, 'open');
  expect(await knownPrecision(config, mnist, image)).toEqual({
    precision: 'float32',
    reason: 'This processor has no instructions for bfloat16.',
  });
  expect(opened).not.toHaveBeenCalled();
});

it.skipIf(isDecided)(
  'measures once for a network, and again where what was kept is damaged',
  async () => {
    const opened = vi.spyOn(Session, 'open');
    const cache = temporaryFolder();
    vi.stubEnv('XDG_CACHE_HOME', cache);
    const first = await knownPrecision(config, mnist, image);
    expect(opened).toHaveBeenCalledTimes(2);
    expect(await knownPrecision(config, mnist, image)).toEqual(first);
    expect(opened).toHaveBeenCalledTimes(2);
    const wider = descent([flatten, dense(20), dense(10)]);
    await knownPrecision(wider, mnist, image);
    expect(opened).toHaveBeenCalledTimes(4);
    expect(await knownPrecision(config, mnist, image)).toEqual(first);
    writeFileSync(join(cache, 'firstlayer', 'precisions.json'), '{"what": 7}');
    await knownPrecision(config, mnist, image);
    expect(opened).toHaveBeenCalledTimes(6);
  },
);

it('frees the first network where the second cannot be opened', async () => {
  const open = Session.open.bind(Session);
  const closed = vi.spyOn(Session.prototype, 'close');
  vi.spyOn(Session, 'open').mockImplementationOnce(open).mockRejectedValueOnce(new Error('full'));
  await expect(measurePrecisions(config, mnist, image)).rejects.toThrow('full');
  expect(closed).toHaveBeenCalledTimes(1);
});

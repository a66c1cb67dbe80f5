import { expect, it } from 'vitest';
import { reasonsToDiffer } from '../../../../../main/trainer/training/proof/reasons.ts';
import type { RecordedWay } from '../../../../../main/trainer/training/proof/recorded-way.ts';
import type { Stretch } from '../../../../../main/trainer/training/proof/stretch.ts';

it('tells a processor from the threads on it, and both from TensorFlow', () => {
  const record = {
    device: 'Fast CPU @ 3 GHz, 2 of 8 threads, 1 per operation',
    tensorFlow: '2.20',
  };
  // Only what is compared.
  const stretch = { begin: null, end: { record } } as unknown as Stretch;
  const way = { isRecorded: true } as RecordedWay;
  const on = (device: string, tensorFlow = '2.20') =>
    reasonsToDiffer(stretch, way, { device, tensorFlow });
  expect(on(record.device)).toEqual([]);
  expect(on('Fast CPU @ 3 GHz, 4 of 8 threads')).toEqual([
    { kind: 'threads', recorded: '2 of 8 threads, 1 per operation', here: '4 of 8 threads' },
  ]);
  expect(on('Slow CPU, 2 of 8 threads, 1 per operation', '2.21')).toEqual([
    { kind: 'processor', recorded: 'Fast CPU @ 3 GHz', here: 'Slow CPU' },
    { kind: 'tensorFlow', recorded: '2.20', here: '2.21' },
  ]);
});

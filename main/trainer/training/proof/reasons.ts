import type { ProofReason } from '../../../../shared/proof.ts';
import { deviceName } from '../../tensorflow/environment.ts';
import { tensorFlowVersion } from '../../tensorflow/tensorflow.ts';
import { countingDifferences, type RecordedWay } from './recorded-way.ts';
import type { Stretch } from './stretch.ts';

/** What a device is called: the processor's name, and how many threads it computes with, in which way. */
const DEVICE = /^(.*), ((?:\d+ of )?\d+ threads.*)$/s;

/** Why what is trained once more here need not be the same, to the last bit. None: it must be. */
export function reasonsToDiffer(
  { begin, end }: Stretch,
  { isRecorded }: RecordedWay,
  here = { device: deviceName(), tensorFlow: tensorFlowVersion() },
): ProofReason[] {
  const { record } = end;
  const before = begin?.record;
  const reasons = deviceReasons(record.device, here.device);
  const add = (kind: ProofReason['kind'], recorded: string, now: string): void => {
    if (recorded !== now) reasons.push({ kind, recorded, here: now });
  };
  add('tensorFlow', record.tensorFlow, here.tensorFlow);
  if (before) {
    add('two-devices', deviceOf(before), deviceOf(record));
    add('precision', before.precision, record.precision);
    const settings = countingDifferences(before.config, record.config);
    if (settings.length > 0)
      reasons.push({ kind: 'settings', recorded: '', here: settings.join('; ') });
  }
  if (!isRecorded) reasons.push({ kind: 'no-events', recorded: '', here: '' });
  return reasons;
}

const deviceOf = ({ device, tensorFlow }: { device: string; tensorFlow: string }): string =>
  `${device}, TensorFlow ${tensorFlow}`;

function deviceReasons(recorded: string, here: string): ProofReason[] {
  if (recorded === here) return [];
  const [, processor = recorded, threads = ''] = DEVICE.exec(recorded) ?? [];
  const [, processorHere = here, threadsHere = ''] = DEVICE.exec(here) ?? [];
  const reasons: ProofReason[] = [];
  if (processor !== processorHere)
    reasons.push({ kind: 'processor', recorded: processor, here: processorHere });
  if (threads !== threadsHere)
    reasons.push({ kind: 'threads', recorded: threads, here: threadsHere });
  return reasons;
}

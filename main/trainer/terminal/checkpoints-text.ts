import {
  whoseText,
  type CheckpointAnswer,
  type CheckpointComparison,
  type CheckpointDetail,
  type Unrecorded,
  type Verdict,
} from '../../../shared/checkpoint-protocol.ts';
import { formatCount } from '../../../shared/format.ts';
import { printable } from '../../../shared/shown.ts';
import { UNREAD } from '../checkpoint/reading.ts';
import { failureText } from './exit.ts';
import { withOption } from './option-names.ts';
import { textTable } from './text-table.ts';

/** Formats answers about checkpoints for a terminal. */

const megabytesText = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

type List = Extract<CheckpointAnswer, { type: 'list' }>;

function listText({ recovery, ...list }: List, folder: string): string {
  const kept =
    recovery &&
    `A run was cut off at step ${formatCount(recovery.step)} or later. It goes on from there: ${recovery.name}, which its next checkpoint replaces.`;
  return [tableText(list, folder), ...(kept === null ? [] : [kept])].join('\n');
}

function tableText(
  { checkpoints, unrecorded }: Pick<List, 'checkpoints' | 'unrecorded'>,
  folder: string,
): string {
  if (checkpoints.length + unrecorded.length === 0) return `There is no checkpoint in ${folder}.`;
  return textTable(
    ['name', 'step', 'epoch', 'validation cost', 'size', ''],
    [
      ...checkpoints.map((c) => [
        c.name,
        formatCount(c.step),
        formatCount(c.epoch),
        c.validationLoss === null ? '–' : c.validationLoss.toFixed(4),
        megabytesText(c.bytes),
        [c.isNewest && 'newest', c.isBest && 'best', c.pinned && 'pinned']
          .filter(Boolean)
          .join(', '),
      ]),
      ...unrecorded.map((c) => [
        printable(c.name),
        c.step === null ? '–' : formatCount(c.step),
        '–',
        '–',
        megabytesText(c.bytes),
        unrecordedText(c),
      ]),
    ],
  ).join('\n');
}

const unrecordedText = ({ whose, damage }: Unrecorded): string =>
  `without a record of Firstlayer; ${whoseText[whose]}${damage === null ? '' : `; DAMAGED, ${damage}`}`;

const variablesText = (variables: CheckpointDetail['variables']): string[] =>
  textTable(
    ['variable', 'type', 'shape'],
    variables.map(({ name, type, shape }) => [printable(name), type, `[${shape.join(', ')}]`]),
  );

function unrecordedDetail(c: Extract<CheckpointAnswer, { type: 'show-unrecorded' }>['checkpoint']) {
  return [
    printable(c.name),
    `  ${unrecordedText(c)}`,
    `  step  ${c.step === null ? 'unknown' : formatCount(c.step)}`,
    `  size  ${megabytesText(c.bytes)}`,
    '',
    ...variablesText(c.variables),
  ].join('\n');
}

function detailText(c: CheckpointDetail): string {
  const { config, validation } = c;
  const facts = [
    ['network', config.network.name],
    ['step, epoch', `${formatCount(c.step)}, ${formatCount(c.epoch)}`],
    [
      'branch',
      [...c.forks.map((fork) => `${fork.branch} to step ${fork.step}`), c.branch].join(', then '),
    ],
    [
      'validation',
      validation
        ? `cost ${validation.loss.toFixed(4)}, accuracy ${validation.accuracy.toFixed(4)}`
        : 'not measured at this step',
    ],
    ['optimizer', `${config.optimizer.rule.type}, rate ${config.optimizer.learningRate}`],
    ['data', `${config.data.dataset}, batches of ${config.data.batchSize}`],
    ['seed', String(config.training.seed)],
    ['computed in', `${c.precision}, on ${c.device}, TensorFlow ${c.tensorFlow}`],
    ['size', megabytesText(c.bytes)],
    ['fingerprint', c.fingerprint],
  ];
  const width = Math.max(...facts.map(([name = '']) => name.length));
  return [
    c.name,
    ...facts.map(([name = '', value = '']) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...variablesText(c.variables),
  ].join('\n');
}

function comparisonText({ settings, weights, onlyInA, onlyInB }: CheckpointComparison): string {
  const lines = [
    settings.length === 0 ? 'The settings are the same.' : 'Settings that differ:',
    ...settings.map(({ label, was, is }) => `  ${label}: ${was} → ${is}`),
    'Weights, the difference’s norm over the first’s:',
    ...weights.map(
      ({ name, distance }) =>
        `  ${name}: ${distance === null ? 'shapes differ' : distance.toPrecision(3)}`,
    ),
  ];
  if (onlyInA.length > 0) lines.push(`Only in the first: ${onlyInA.join(', ')}`);
  if (onlyInB.length > 0) lines.push(`Only in the second: ${onlyInB.join(', ')}`);
  return lines.join('\n');
}

/** A checkpoint that cannot be read is not necessarily damaged. */
const damageText = (damage: string): string =>
  damage.startsWith(UNREAD) ? damage : `DAMAGED, ${damage}`;

function verdictText({ name, damage, recorded }: Verdict): string {
  const by = recorded ? '' : ' by TensorFlow’s own checksums; without a record of Firstlayer';
  return `${printable(name)}: ${damage === null ? `good${by}` : damageText(damage)}`;
}

export function answerText(answer: CheckpointAnswer, folder: string): string {
  switch (answer.type) {
    case 'list':
      return [listText(answer, folder), ...answer.damaged.map(({ what }) => what)].join('\n');
    case 'show':
      return detailText(answer.checkpoint);
    case 'show-unrecorded':
      return unrecordedDetail(answer.checkpoint);
    case 'verify':
      return answer.verdicts.length === 0
        ? `There is no checkpoint in ${folder}.`
        : answer.verdicts.map(verdictText).join('\n');
    case 'pin':
      return `${answer.name} is ${answer.pinned ? 'pinned: it will not be pruned' : 'not pinned any more'}.`;
    case 'removed':
      return answer.names.length === 0
        ? 'Nothing had to be removed.'
        : `Removed ${answer.names.join(', ')}.`;
    case 'compare':
      return comparisonText(answer.comparison);
    case 'report':
      return answer.data.checkpoint.name;
    case 'export':
      return `Exported as ${answer.path}.`;
    case 'refused':
      return failureText({
        ...answer.failure,
        where: withOption(answer.failure.where, { '--checkpoint-dir': folder }),
      });
  }
}

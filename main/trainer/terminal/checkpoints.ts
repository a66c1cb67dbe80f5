import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { CheckpointAnswer, CheckpointRequest } from '../../../shared/checkpoint-protocol.ts';
import { proofRequestSchema } from '../../../shared/proof.ts';
import { noteTextSchema } from '../../../shared/run-notes.ts';
import { thrownText } from '../../../shared/system-errors.ts';
import { addNoteTo } from './add-note.ts';
import { commandOf } from '../files/command-name.ts';
import { endIfUnwritable, EXIT, tellUncaught, endProgram } from './exit.ts';
import { answerText } from './checkpoints-text.ts';
import { answerCheckpointRequest } from '../checkpoint/requests/answer-request.ts';

/** `npm run checkpoints`: what a folder's checkpoints are, and what may be done with them. But for `prove` it loads no TensorFlow. */

const usage = `Usage: ${commandOf('checkpoints')} COMMAND [NAME…] [options]

  list                    every checkpoint, newest first
  show NAME               its run's settings, metrics and variables with their shapes
  verify [NAME]           reads every byte of one, or of all, and says which is damaged
  compare NAME NAME       settings that differ, and how far the weights are apart
  pin NAME, unpin NAME    what is pinned is never pruned
  prune                   of each branch, keeps the newest --keep, the best and the pinned
  delete NAME             removes one
  reveal NAME             opens the file manager where it lies
  prove NAME              trains what led to it once more, from the one before, beside the folder, and says
                          whether every bit is the same; ends with 0 where it is, 1 where not, 2 where it cannot be tried
  report [NAME] --out FILE writes one HTML page of the run up to that checkpoint, or the newest;
                          its worst mistakes are in it where the run's data are there
  export NAME --to FOLDER copies one into an empty folder, which TensorFlow's tools can read
  notes                   what was noted on the run, by step
  note NAME TEXT          pins a note to one

  --checkpoint-dir FOLDER (CNN_ckpt_dir)
  --keep N                how many prune keeps (5)
  --to FOLDER             where to export
  --out FILE              where a report is written; --force replaces what lies there
  --from NAME             where prove begins: another checkpoint on the way, or “start”
  --json                  the answer as one JSON object
  --help                  this text`;

const refuseArguments = (what: string): never => endProgram(`${what}\n\n${usage}`, EXIT.refused);

function parseArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
        keep: { type: 'string', default: '5' },
        to: { type: 'string' },
        from: { type: 'string' },
        out: { type: 'string' },
        force: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuseArguments(thrownText(error));
  }
}

tellUncaught(commandOf('checkpoints'));
endIfUnwritable();
const { values, positionals } = parseArguments();
const [command = '', ...names] = positionals;

/** The name with number `k` that the command needs. */
function name(k = 0): string {
  return (
    names[k] ??
    refuseArguments(`“${command}” needs the name of a checkpoint, such as model.ckpt-430.`)
  );
}

function requestOf(): CheckpointRequest {
  switch (command) {
    case 'list':
      return { type: 'list' };
    case 'show':
      return { type: 'show', name: name() };
    case 'verify':
      return { type: 'verify', name: names[0] ?? null };
    case 'compare':
      return { type: 'compare', name: name(), with: name(1) };
    case 'pin':
    case 'unpin':
      return { type: 'pin', name: name(), pinned: command === 'pin' };
    case 'delete':
      return { type: 'delete', name: name() };
    case 'prune': {
      const keep = Number(values.keep);
      if (!Number.isInteger(keep) || keep < 1)
        return refuseArguments(`--keep must be a whole number from 1, but is "${values.keep}".`);
      return { type: 'prune', keep };
    }
    case 'export':
      return {
        type: 'export',
        name: name(),
        to: values.to ?? refuseArguments('export needs --to FOLDER.'),
      };
    case 'notes':
      return { type: 'notes' };
    default:
      return refuseArguments(
        command === '' ? 'A command is missing.' : `There is no command “${command}”.`,
      );
  }
}

/**
 * Shows a checkpoint's files in the system's file manager.
 * @returns what to print
 */
async function revealFolder(place: string, of: string): Promise<string> {
  const answered = await answerCheckpointRequest(place, null, { type: 'verify', name: of });
  if (answered.type === 'refused') return endProgram(answerText(answered, place), EXIT.failure);
  const path = join(place, `${of}.index`);
  const [program, args] = {
    darwin: ['open', ['-R', path]] as const,
    win32: ['explorer', [`/select,${path}`]] as const,
  }[process.platform as string] ?? ['xdg-open', [place]];
  const child = spawn(program, [...args], { stdio: 'ignore', detached: true });
  const opened = await new Promise<boolean>((resolveWith) => {
    child.once('error', () => resolveWith(false)).once('spawn', () => resolveWith(true));
  });
  child.unref();
  return opened ? path : `${path}\n(There is no ${program} here to show it with.)`;
}

/** What a note says, in one argument or in several. */
function noteText(): string {
  const parsed = v.safeParse(noteTextSchema, names.slice(1).join(' '));
  return parsed.success
    ? parsed.output
    : refuseArguments(`“note” is refused: ${parsed.issues[0].message}.`);
}

/** Whether a script that asked may go on. */
const isGood = (answer: CheckpointAnswer): boolean =>
  answer.type === 'verify'
    ? answer.verdicts.every(({ damage }) => damage === null)
    : answer.type !== 'refused' && !(answer.type === 'notes' && answer.problem);

/** Loads TensorFlow, which only this and a report need. */
async function proofCode(): Promise<number> {
  const request = v.safeParse(proofRequestSchema, { name: name(), from: values.from });
  if (!request.success)
    return refuseArguments(
      'prove needs names of checkpoints such as model.ckpt-430; --from may be “start”.',
    );
  const { printProof } = await import('./prove.ts');
  return printProof(folder, request.output, values.json);
}

async function reportCode(): Promise<number> {
  const out = values.out ?? refuseArguments('report needs --out FILE.html.');
  const { writeReport } = await import('./report.ts');
  const { force, json: asJson } = values;
  return writeReport(folder, { name: names[0], out, force, asJson });
}

/** @returns the code that the program ends with */
function printAnswer(answer: CheckpointAnswer): number {
  const text = values.json ? JSON.stringify(answer) : answerText(answer, folder);
  const code = isGood(answer) ? EXIT.done : EXIT.failure;
  if (answer.type === 'refused' && !values.json) endProgram(text, code);
  process.stdout.write(`${text}\n`);
  return code;
}

if (values.help) endProgram(usage, EXIT.done);
const folder = resolve(values['checkpoint-dir']);
if (command === 'reveal') endProgram(await revealFolder(folder, name()), EXIT.done);
if (command === 'prove') process.exitCode = await proofCode();
else if (command === 'report') process.exitCode = await reportCode();
else if (command === 'note')
  process.exitCode = printAnswer(await addNoteTo(folder, name(), noteText()));
else process.exitCode = printAnswer(await answerCheckpointRequest(folder, null, requestOf()));

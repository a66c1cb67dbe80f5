import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import { trainerCommandSchema, type TrainerCommand } from '../../../shared/trainer-commands.ts';
import { shown } from '../../../shared/shown.ts';
import { ArgumentError } from './config-file.ts';
import { liveNumbers } from '../../../shared/live-change.ts';
import { type NumberPath, fields } from '../../../shared/fields.ts';
import { shortRangeWords } from '../../../shared/fields/ranges.ts';

/** The command for a live setting from its name in a change: `learningRate` is `learning-rate`. */
const commandOf = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Names in a change, by command. */
const numbers = new Map(liveNumbers.map(({ name }) => [commandOf(name), name]));

const shortRange = (path: NumberPath): string => shortRangeWords(fields[path].range);

const usage = `Commands, a line each:
  pause                  save and stand still
  resume                 go on
  stop                   save and end
  learning-rate X        from the next step on, ${shortRange('optimizer.learningRate')}
  momentum X             ${shortRange('optimizer.rule.momentum')}, where the optimizer has one
  weight-decay X         ${shortRange('optimizer.weightDecay')}
  dropout X [X ...]      ${shortRange('network.layers.dropout.rate')}, for each dropout of the network in turn
  help                   this text`;

/** NaN for an empty text, as Number('') is 0. */
const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

/** The change that a line asks for, unchecked; null if it asks for something else. */
function changeOf(word: string, values: readonly string[]): object | null {
  if (word === 'dropout' && values.length > 0) return { dropRates: values.map(numberOf) };
  const name = numbers.get(word);
  const [value] = values;
  return name !== undefined && value !== undefined && values.length === 1
    ? { [name]: numberOf(value) }
    : null;
}

/**
 * Parses a typed line as a command; null for an empty line.
 * @throws ArgumentError that says what is wrong with it, or lists the commands
 */
export function parseCommand(line: string): TrainerCommand | null {
  const [word = '', ...values] = line.trim().split(/\s+/);
  if (word === '') return null;
  if (word === 'help') throw new ArgumentError(usage);
  if ((word === 'pause' || word === 'resume' || word === 'stop') && values.length === 0)
    return { type: word };
  const change = changeOf(word, values);
  if (!change) throw new ArgumentError(`${shown(line.trim())} is no command.\n${usage}`);
  const parsed = v.safeParse(trainerCommandSchema, { type: 'change', change });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new ArgumentError(`${shown(line.trim())}: ${issue.message}.`);
}

/** Carries out commands line by line until the input ends; a wrong one is reported and does nothing. */
export function followCommands(
  input: Readable,
  complaints: Writable,
  carryOut: (command: TrainerCommand) => void,
  ended: () => void = () => undefined,
): { close(): void } {
  const lines = createInterface({ input });
  // An input that cannot be read any more has ended.
  input.on('error', () => {
    lines.close();
  });
  lines.on('close', ended);
  lines.on('line', (line) => {
    try {
      const command = parseCommand(line);
      if (command) carryOut(command);
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      complaints.write(`${error.message}\n`);
    }
  });
  return {
    close() {
      lines.close();
      input.destroy();
    },
  };
}

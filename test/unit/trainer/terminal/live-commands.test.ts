import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { trainerCommandSchema, type TrainerCommand } from '../../../../shared/trainer-commands.ts';
import { followCommands, parseCommand } from '../../../../main/trainer/terminal/live-commands.ts';
import { ArgumentError } from '../../../../main/trainer/terminal/config-file.ts';

describe('a line', () => {
  it.each<[string, TrainerCommand | null]>([
    ['pause', { type: 'pause' }],
    ['  resume\r', { type: 'resume' }],
    ['stop', { type: 'stop' }],
    ['', null],
    ['   ', null],
    ['learning-rate 3e-4', { type: 'change', change: { learningRate: 3e-4 } }],
    ['momentum 0', { type: 'change', change: { momentum: 0 } }],
    ['weight-decay  0.01', { type: 'change', change: { weightDecay: 0.01 } }],
    ['dropout 0 0.5 0.25', { type: 'change', change: { dropRates: [0, 0.5, 0.25] } }],
  ])('%j', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it.each([
    ['learning-rate 0', 'greater than 0'],
    ['learning-rate fast', 'must be a number'],
    ['learning-rate Infinity', 'at most 100'],
    ['momentum 1', 'momentum must be a number from 0 to less than 1'],
    ['momentum -0.1', 'momentum must be a number'],
    ['dropout 0.5 1', 'from 0 to 0.99'],
    ['learning-rate', 'is no command'],
    ['learning-rate 1 2', 'is no command'],
    ['dropout', 'is no command'],
    ['stop now', 'is no command'],
    ['quit', /weight-decay X +0 to 10\n/],
    ['\u001b[2Jquit', '"\\u001b[2Jquit" is no command'],
    ['help', 'Commands, a line each'],
  ])('%j says what is wrong or what there is', (line, words) => {
    expect(() => parseCommand(line)).toThrow(ArgumentError);
    expect(() => parseCommand(line)).toThrow(words);
  });

  it('of any text is a command, nothing, or told', () => {
    const word = fc.oneof(
      fc.constantFrom('pause', 'learning-rate', 'momentum', 'weight-decay', 'dropout', '__proto__'),
      fc.double().map(String),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        try {
          const command = parseCommand(words.join(' '));
          if (command) v.parse(trainerCommandSchema, command);
        } catch (error) {
          expect(error).toBeInstanceOf(ArgumentError);
        }
      }),
    );
  });
});

it('what comes in is carried out line by line, however it is cut, until it ends', async () => {
  const [input, complaints] = [new PassThrough(), new PassThrough()];
  const carriedOut: string[] = [];
  followCommands(input, complaints, ({ type }) => carriedOut.push(type));
  for (const part of ['pau', 'se\nnonsense\nres', 'ume\nstop']) input.write(part);
  input.end();
  await once(input, 'close');
  expect(carriedOut).toEqual(['pause', 'resume', 'stop']);
  expect(String(complaints.read())).toMatch(/^"nonsense" is no command\./);
});

import { expect, it } from 'vitest';
import { LastWords } from '../../../main/last-words.ts';

it('keeps what a process said last, put together from whatever pieces it came in', () => {
  const words = new LastWords();
  for (const piece of ['one\ntw', 'o\nth', 'ree\nfour\nfi', 've']) words.add(piece);
  expect(words.toString()).toBe('three four five');
});

it('leaves out what TensorFlow says at every start', () => {
  const words = new LastWords();
  words.add(
    'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n',
  );
  words.add(
    'I0000 00:00:1795439405.402752    7228 port.cc:153] oneDNN custom operations are on.\n',
  );
  words.add('2026-11-23 13:25:36.467408: W external/x.cc:1] a warning\n');
  expect(words.toString()).toBe('');
  words.add('F0000 00:00:1795439405.402752    7228 x.cc:1] Check failed: a == b\n');
  expect(words.toString()).toContain('Check failed: a == b');
});

it('is bounded', () => {
  const words = new LastWords();
  words.add('x'.repeat(100_000));
  words.add(`${'y'.repeat(100_000)}\n`);
  expect(words.toString()).toHaveLength(400);
});

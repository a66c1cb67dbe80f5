import { expect, it } from 'vitest';
import { help, terminalCommand } from '../../../main/terminal-command.ts';

it('opens the window unless something is asked for in the terminal', () => {
  expect(terminalCommand([])).toBeNull();
  expect(terminalCommand(['--no-sandbox', '/where/the/app/lies'])).toBeNull();
  expect(terminalCommand(['--setup', 'fl1:abc.12345678'])).toBeNull();
  expect(terminalCommand(['train'])).toBeNull();
  expect(terminalCommand(['--toString'])).toBeNull();
});

it('passes on to a program all that follows its name', () => {
  const args = ['--epochs', '1', '--help', '--data'];
  const command = { type: 'program', program: 'train', args };
  expect(terminalCommand(['--train', ...args])).toEqual(command);
  expect(terminalCommand(['--no-sandbox', '--train', ...args])).toEqual(command);
});

it('tells its version, and every program that there is', () => {
  expect(terminalCommand(['--version'])).toEqual({ type: 'version' });
  expect(terminalCommand(['-h'])).toEqual({ type: 'help' });
  for (const [, name = ''] of help.matchAll(/^ {2}--(\w+)/gm))
    if (!['version', 'help'].includes(name))
      expect(terminalCommand([`--${name}`])).toEqual({ type: 'program', program: name, args: [] });
});

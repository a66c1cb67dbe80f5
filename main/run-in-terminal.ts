import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import { help, type TerminalCommand } from './terminal-command.ts';

/** Carries out what was typed, in this process and without a screen, and ends the app. */
export async function runInTerminal(command: TerminalCommand): Promise<void> {
  if (command.type === 'program') {
    const { program, args } = command;
    const file = join(app.getAppPath(), 'dist', 'trainer', `${program}.js`);
    // It finds its arguments where Node has them.
    process.argv = [process.argv[0] ?? '', file, ...args];
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } else {
    const text = command.type === 'help' ? help : `Firstlayer ${app.getVersion()}`;
    process.stdout.write(`${text}\n`);
  }
  app.exit(Number(process.exitCode ?? 0));
}

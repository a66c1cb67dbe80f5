import './language.ts';
import * as v from 'valibot';
import { toFailure } from '../../shared/ipc.ts';
import { trainerCommandSchema } from '../../shared/trainer-commands.ts';
import { createService } from './service.ts';
import { speakBuilt } from './speak.ts';
import { loadAhead } from './tensorflow/tensorflow.ts';

/** Runs the trainer as a utility process of the app: messages in, messages out. Chromium ends it when the app dies. */
const { parentPort } = process;
const service = createService(
  (event) => {
    parentPort.postMessage(event);
  },
  () => process.exit(0),
);

parentPort.on('message', ({ data }) => {
  const command = v.safeParse(trainerCommandSchema, data);
  if (command.success && command.output.type === 'speak') speakBuilt(command.output.language);
  else if (command.success) service.handle(command.output);
  else
    parentPort.postMessage({
      type: 'warning',
      ...toFailure(`Not a trainer command: ${v.summarize(command.issues)}`, 'utility-main'),
    });
});

/** Milliseconds: the window is made meanwhile. */
const WINDOW_FIRST = 300;
// TensorFlow takes as long to load, which nobody is to wait for who presses Start later.
setTimeout(loadAhead, WINDOW_FIRST);

// Ctrl-C in the terminal, or closing it, signals every process there; the app makes this one save and end.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('SIGTERM', () => {
  service.handle({ type: 'shutdown' });
});

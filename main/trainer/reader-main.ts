import './language.ts';
import { constants, setPriority } from 'node:os';
import * as v from 'valibot';
import { readerCommandSchema, type ReaderEvent } from '../../shared/dataset-requests.ts';
import { ReaderService } from './reader/reader-service.ts';

/** Runs the reader as a utility process of the app: messages in, messages out. Chromium ends it when the app dies. */
const { parentPort } = process;
const service = new ReaderService((event: ReaderEvent) => {
  parentPort.postMessage(event);
});

try {
  // Reading other data must not slow a run down.
  setPriority(constants.priority.PRIORITY_LOW);
} catch {
  // It then runs with the usual priority.
}

parentPort.on('message', ({ data }) => {
  service.handle(v.parse(readerCommandSchema, data));
});

// Ctrl-C in the terminal, or closing it, signals every process there; the app ends this one.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

import { constants, setPriority } from 'node:os';
import * as v from 'valibot';
import { readerCommandSchema, type ReaderEvent } from '../../shared/dataset-requests.ts';
import { ReaderService } from './reader/reader-service.ts';

/** The reader as a utility process of the app: messages in, messages out. Chromium ends it when the app dies. */
const { parentPort } = process;
const service = new ReaderService((event: ReaderEvent) => {
  parentPort.postMessage(event);
});

try {
  // Looking at other data must not slow a run down.
  setPriority(constants.priority.PRIORITY_LOW);
} catch {
  // Then it takes its share.
}

parentPort.on('message', ({ data }) => {
  service.handle(v.parse(readerCommandSchema, data));
});

// A Ctrl-C in the terminal, or its closing, reaches every process there; the app ends it.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

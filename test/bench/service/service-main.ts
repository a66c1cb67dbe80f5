import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { createService } from '../../../main/trainer/service.ts';
import { trainerCommandSchema } from '../../../shared/trainer-commands.ts';

/** The trainer as the app has it, over lines of JSON: pixels come in base64. */

const service = createService(
  (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
  () => process.exit(0),
);

createInterface(process.stdin)
  .on('line', (line) => {
    const bytes = (key: string, value: unknown): unknown =>
      key === 'pixels' && typeof value === 'string'
        ? new Uint8Array(Buffer.from(value, 'base64'))
        : value;
    service.handle(v.parse(trainerCommandSchema, JSON.parse(line, bytes)));
  })
  .on('close', () => process.exit(0));

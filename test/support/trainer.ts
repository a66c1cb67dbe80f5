import type { RunConfig } from '../../shared/config.ts';
import { seedRun } from '../../shared/presets.ts';
import type { TrainerCommand, TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { createService } from '../../main/trainer/service.ts';

/** The seed network on a small dataset: 400 examples, the last batch of an epoch a partial one. */
export function smallRun(dataset: string, precision: 'float32' | 'bfloat16'): RunConfig {
  const run = seedRun();
  return {
    ...run,
    data: { ...run.data, dataset, batchSize: 64, validationSize: 50 },
    training: { ...run.training, epochs: 3, precision },
  };
}

/** Steps of an epoch of `smallRun` on 450 training images. */
export const STEPS_AN_EPOCH = 7;

/** What a start may be told besides. */
export type StartOptions = Partial<
  Pick<TrainerCommandOf<'start'>, 'from' | 'weightsFrom' | 'edits' | 'takeOver'>
>;

/**
 * Trains until idle. `when` sees each event and may answer with a command.
 * @returns all events
 */
export async function trainUntilIdle(
  checkpointDir: string,
  config: RunConfig,
  when: (event: TrainerEvent) => TrainerCommand | null = () => null,
  more: StartOptions = {},
): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  const service = createService((event) => {
    events.push(event);
    const command = when(event);
    if (command)
      setImmediate(() => {
        service.handle(command);
      });
  });
  service.handle({ type: 'start', checkpointDir, config, ...more });
  await service.idle;
  // Frees the network: a test process may train hundreds.
  service.handle({ type: 'shutdown' });
  return events;
}

export const failures = (events: readonly TrainerEvent[]): TrainerEvent[] =>
  events.filter((event) => event.type === 'failed' || event.type === 'warning');

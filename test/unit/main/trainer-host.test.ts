import type { ExperimentProgress } from '../../../shared/experiment-protocol.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { seedRun } from '../../../shared/presets.ts';
import { questions } from '../../../shared/questions.ts';
import { usualRateRange, type RangeProgress } from '../../../shared/range-test-protocol.ts';
import { FakeUtilityProcess } from '../../support/fake-utility-process.ts';
import { TrainerHost, type Crash } from '../../../main/trainer-host.ts';

type Trainer = FakeUtilityProcess<TrainerCommand>;
const processes: Trainer[] = [];
const environments: NodeJS.ProcessEnv[] = [];
vi.mock('electron', () => ({
  utilityProcess: {
    fork: (_entry: string, _args: string[], options: { env: NodeJS.ProcessEnv }) => {
      const child: Trainer = new FakeUtilityProcess();
      environments.push(options.env);
      processes.push(child);
      return child;
    },
  },
}));

describe('TrainerHost', () => {
  let host: TrainerHost;
  let events: TrainerEvent[];
  let crashes: Crash[];
  const begin = (): Trainer => {
    host.send({ type: 'open', checkpointDir: '/run' });
    return processes.at(-1)!;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    processes.length = 0;
    environments.length = 0;
    events = [];
    crashes = [];
    host = new TrainerHost('utility-main.js', {
      onEvent: (event) => events.push(event),
      onCrash: (crash) => crashes.push(crash),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives each question the answer with its number, and tells nobody else of it', async () => {
    const child = begin();
    const [first, second] = [host.ask({ type: 'filters' }), host.ask({ type: 'filters' })];
    const [, one, two] = child.sent as { id: number }[];
    expect(one).toMatchObject({ type: 'ask', question: { type: 'filters' } });
    const answer = { ...questions.filters.empty, hasNetwork: true };
    child.tell({ type: 'answer', id: two!.id, answer: { ...answer, step: 2 } });
    child.tell({ type: 'answer', id: one!.id, answer: { ...answer, step: 1 } });
    await expect(first).resolves.toMatchObject({ step: 1 });
    await expect(second).resolves.toMatchObject({ step: 2 });
    expect(events).toEqual([]);
  });

  it('answers emptily where there is no process, and starts none for a question', async () => {
    await expect(host.ask({ type: 'filters' })).resolves.toEqual(questions.filters.empty);
    expect(processes).toEqual([]);
  });

  it('answers emptily where the process ends meanwhile, and tells of that once', async () => {
    const child = begin();
    const answer = host.ask({ type: 'filters' });
    child.emit('exit', 1);
    await expect(answer).resolves.toEqual(questions.filters.empty);
    expect(crashes).toEqual([{ cause: 'exit code 1', lastWords: '' }]);
  });

  it('fails with the reason where a question is refused', async () => {
    const child = begin();
    const answer = host.ask({ type: 'filters' });
    const { id } = child.sent.at(-1) as { id: number };
    child.tell({ type: 'refused', id, what: 'No.', where: 'filters', remedy: 'None.' });
    await expect(answer).rejects.toMatchObject({ failure: { what: 'No.' } });
  });

  it('started anew, what is sent meanwhile goes to the next process, in its order and with its environment', async () => {
    let threads = '';
    host = new TrainerHost(
      'utility-main.js',
      { onEvent: (event) => events.push(event), onCrash: (crash) => crashes.push(crash) },
      () => ({ THREADS: threads }),
    );
    const before = begin();
    threads = '1';
    const restarted = host.restart(1_000);
    host.send({ type: 'open', checkpointDir: '/run' });
    host.send({ type: 'stop' });
    const again = host.restart(1_000);
    expect(before.sent.at(-1)).toEqual({ type: 'shutdown' });
    expect(processes).toHaveLength(1);
    before.emit('exit', 0);
    await Promise.all([restarted, again]);
    expect(processes).toHaveLength(2);
    expect(processes[1]!.sent).toEqual([{ type: 'open', checkpointDir: '/run' }, { type: 'stop' }]);
    expect(environments).toEqual([{ THREADS: '' }, { THREADS: '1' }]);
    expect(crashes).toEqual([]);
  });

  it('is prepared once, and the first command finds its process there', () => {
    host.prepare();
    host.prepare();
    expect(processes).toHaveLength(1);
    begin();
    expect(processes).toHaveLength(1);
  });

  it('started anew where there is no process, it waits for nothing', async () => {
    await host.restart(1_000);
    expect(processes).toEqual([]);
    begin();
    expect(processes).toHaveLength(1);
  });

  it('tries rates, starting the process for it, and tells how far that is', async () => {
    const told: RangeProgress[] = [];
    host = new TrainerHost('utility-main.js', {
      onEvent: (event) => events.push(event),
      onCrash: (crash) => crashes.push(crash),
      onRatesProgress: (progress) => told.push(progress),
    });
    const request = { config: seedRun(), range: usualRateRange };
    const fresh = host.tryRates({ ...request, start: 'fresh' }, '/run');
    const child = processes.at(-1)!;
    const [sent] = child.sent as { id: number }[];
    expect(sent).toMatchObject({ type: 'try-rates', range: usualRateRange });
    expect(sent).not.toHaveProperty('weightsFrom');
    const progress = { doing: 'building the network' as const, tried: [], secondsLeft: null };
    child.tell({ type: 'rates-progress', ...progress });
    expect(told).toEqual([progress]);
    host.stopTryingRates();
    expect(child.sent.at(-1)).toEqual({ type: 'stop-trying-rates' });
    const suggestion = { rate: null, why: 'Nothing was tried.' };
    const result = { tried: [], ended: 'stopped' as const, suggestion };
    child.tell({ type: 'rates-tried', id: sent!.id, result });
    await expect(fresh).resolves.toEqual(result);

    const copied = host.tryRates({ ...request, start: 'checkpoint' }, '/run');
    const { id } = child.sent.at(-1) as { id: number };
    expect(child.sent.at(-1)).toMatchObject({ type: 'try-rates', weightsFrom: '/run' });
    child.tell({ type: 'rates-refused', id, what: 'No.', where: '/run', remedy: 'None.' });
    await expect(copied).rejects.toMatchObject({ failure: { what: 'No.' } });
    expect(events).toEqual([]);
  });

  it('says that the process ended while it tried rates, and the window goes on', async () => {
    const trying = host.tryRates(
      { config: seedRun(), range: usualRateRange, start: 'fresh' },
      '/run',
    );
    processes.at(-1)!.emit('exit', 1);
    await expect(trying).rejects.toMatchObject({
      failure: { what: 'The trainer ended while it tried rates.' },
    });
    expect(crashes).toHaveLength(1);
  });

  it('makes an experiment, tells how far it is, and stops it', async () => {
    const told: ExperimentProgress[] = [];
    host = new TrainerHost('utility-main.js', {
      onEvent: (event) => events.push(event),
      onCrash: (crash) => crashes.push(crash),
      onExperimentProgress: (progress) => told.push(progress),
    });
    const making = host.experiment('start-small');
    const child = processes.at(-1)!;
    const [sent] = child.sent as { id: number }[];
    expect(sent).toMatchObject({ type: 'experiment', experiment: 'start-small' });
    const progress: ExperimentProgress = { doing: 'training', points: [[], []], secondsLeft: 2 };
    child.tell({ type: 'experiment-progress', ...progress });
    expect(told).toEqual([progress]);
    host.stopExperiment();
    expect(child.sent.at(-1)).toEqual({ type: 'stop-experiment' });
    const why = { what: 'No.', where: 'here', remedy: 'None.' };
    child.tell({ type: 'experiment-refused', id: sent!.id, ...why });
    await expect(making).rejects.toMatchObject({ failure: why });

    const cut = host.experiment('start-large');
    child.emit('exit', 1);
    await expect(cut).rejects.toMatchObject({
      failure: { what: 'The trainer ended while it made an experiment.' },
    });
    expect(events).toEqual([]);
  });

  it('measures what a set-up costs, until it is stopped, and tells why it could not be', async () => {
    const image = { height: 28, width: 28, channels: 1, classes: 10 };
    const request = { config: seedRun(), image };
    const measuring = host.measureCost(request);
    const child = processes.at(-1)!;
    const [sent] = child.sent as { id: number }[];
    expect(sent).toMatchObject({ type: 'measure-cost', image });
    host.stopMeasuringCost();
    expect(child.sent.at(-1)).toEqual({ type: 'stop-measuring-cost' });
    child.tell({ type: 'cost-measured', id: sent!.id, measured: null });
    await expect(measuring).resolves.toBeNull();

    const refused = host.measureCost(request);
    const { id } = child.sent.at(-1) as { id: number };
    child.tell({ type: 'cost-refused', id, what: 'No.', where: 'here', remedy: 'None.' });
    await expect(refused).rejects.toMatchObject({ failure: { what: 'No.' } });
    const ended = host.measureCost(request);
    child.emit('exit', 1);
    await expect(ended).rejects.toMatchObject({
      failure: { what: 'The trainer ended while it measured.' },
    });
    expect(events).toEqual([]);
  });

  it('asks about a folder’s checkpoints, starting the process for it', async () => {
    const answer = host.checkpoints('/run', { type: 'delete', name: 'model.ckpt-9' });
    const [child] = processes;
    expect(child!.sent).toMatchObject([
      {
        type: 'checkpoints',
        checkpointDir: '/run',
        request: { type: 'delete', name: 'model.ckpt-9' },
      },
    ]);
    const { id } = child!.sent[0] as { id: number };
    child!.tell({ type: 'checkpoints', id, answer: { type: 'removed', names: ['model.ckpt-9'] } });
    await expect(answer).resolves.toEqual({ type: 'removed', names: ['model.ckpt-9'] });
    expect(events).toEqual([]);
  });

  it('says so where the process ends before it has answered about checkpoints', async () => {
    const answer = host.checkpoints('/run', { type: 'list' });
    const failed = expect(answer).rejects.toMatchObject({
      failure: { what: 'The trainer ended before it answered.', where: '/run' },
    });
    processes[0]!.emit('exit', 1);
    await failed;
  });
});

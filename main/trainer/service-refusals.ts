import type { Failure } from '../../shared/ipc.ts';

/** Messages for commands that cannot be carried out now. */

export const alreadyTraining = (folder: string): Failure => ({
  what: 'Training is running already.',
  where: folder,
  remedy: 'Stop it before starting anew.',
});

export const rateOfRun: Failure = {
  what: 'Rates cannot be tried while a run is trained: both would take twice their time.',
  where: 'optimizer.learningRate',
  remedy: 'Stop the run first; it is saved. Or change its rate as it goes.',
};

export const ratesAreTried: Failure = {
  what: 'Rates are being tried already.',
  where: 'optimizer.learningRate',
  remedy: 'Wait for their end, or stop them.',
};

export const ratesBesideExperiment: Failure = {
  what: 'Rates cannot be tried while an experiment of Learn is under way.',
  where: 'optimizer.learningRate',
  remedy: 'Wait a few seconds for its end, or stop it.',
};

export const experimentOfRun: Failure = {
  what: 'An experiment cannot begin while a run is trained: both would take twice their time.',
  where: 'the experiment',
  remedy: 'Wait for the run’s end, or stop it; it is saved.',
};

export const experimentBesideTrial: Failure = {
  what: 'An experiment cannot begin while another one, a range test or a proof is under way.',
  where: 'the experiment',
  remedy: 'Wait for its end, or stop it.',
};

export const cannotMeasure: Failure = {
  what: 'What a set-up costs cannot be measured while a run is trained, rates are tried, an experiment is under way or a checkpoint is proven: the time of both would be wrong.',
  where: 'the set-up',
  remedy: 'Wait for its end, or stop it; a run is saved.',
};

export const runWhileProving = (folder: string): Failure => ({
  what: 'A checkpoint is being proven: a run beside it would take both twice their time.',
  where: folder,
  remedy: 'Wait for its end, or stop it.',
});

export const ratesWhileProving: Failure = {
  what: 'Rates cannot be tried while a checkpoint is proven.',
  where: 'optimizer.learningRate',
  remedy: 'Wait for its end, or stop it.',
};

export const cannotProve = (folder: string): Failure => ({
  what: 'A checkpoint cannot be proven while a run is trained, rates are tried, an experiment is under way or another one is proven.',
  where: folder,
  remedy: 'Wait for its end, or stop it; a run is saved.',
});

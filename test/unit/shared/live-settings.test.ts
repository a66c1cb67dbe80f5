import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import {
  changeBack,
  changedConfig,
  rateFactorAfter,
  type LiveChange,
} from '../../../shared/live-change.ts';
import { lastChangeBack, liveChangeAt, liveSettingsOf } from '../../../shared/live-settings.ts';
import { seedRun } from '../../../shared/presets.ts';
import { valueAt } from '../../../shared/setting-paths.ts';
import type { BranchEvent } from '../../../shared/trainer-events.ts';
import { anyConfig } from '../../support/random-config.ts';

/** A run whose numbers are changed, and what is recorded of it. */
class ChangedRun {
  config: RunConfig;
  rateFactor = 1;
  readonly events: BranchEvent[] = [];

  constructor(config: RunConfig) {
    this.config = config;
  }

  change(change: LiveChange): void {
    const before = changeBack(this.config, change, this.rateFactor);
    this.config = changedConfig(this.config, change);
    this.rateFactor = rateFactorAfter(change, this.rateFactor);
    this.events.push({ branch: 1, event: { type: 'changed', epoch: 1, step: 1, change, before } });
  }
}

describe('a live number', () => {
  it('of any run is changed at its own path alone', () => {
    fc.assert(
      fc.property(
        anyConfig('mnist'),
        fc.nat(),
        fc.constantFrom(0.25, 0.5),
        (config, which, value) => {
          const settings = liveSettingsOf(config);
          const setting = settings[which % settings.length]!;
          const change = liveChangeAt(config, setting.path, value)!;
          const changed = changedConfig(config, change);
          expect(valueAt(changed, setting.path)).toBe(value);
          const others = ({ path }: { path: string }): boolean => path !== setting.path;
          expect(liveSettingsOf(changed).filter(others)).toEqual(settings.filter(others));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is none where the run has none: no momentum of Adam, no rate of a layer that drops nothing', () => {
    const run = seedRun();
    const rule = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    const paths = liveSettingsOf({ ...run, optimizer: { ...run.optimizer, rule } }).map(
      ({ path }) => path,
    );
    expect(paths.slice(0, 2)).toEqual(['optimizer.learningRate', 'optimizer.weightDecay']);
    expect(liveChangeAt(run, 'network.layers.0.rate', 0.5)).toBeNull();
    expect(liveChangeAt(run, 'data.batchSize', 1)).toBeNull();
  });

  it('of the rate is what plateaus have made of it', () => {
    const [rate] = liveSettingsOf(seedRun(), 0.7);
    expect(rate!.value).toBe(0.0007);
  });
});

describe('the last change', () => {
  const changes: LiveChange[] = [
    { learningRate: 0.5 },
    { weightDecay: 0.25 },
    { learningRate: 0.125, momentum: 0.5 },
    { dropRates: [0.1, 0.2, 0.3, 0.4] },
  ];

  it('is taken back again and again, until the run is what it was; plateaus included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...changes), { maxLength: 6 }),
        fc.constantFrom(1, 0.5),
        (made, rateFactor) => {
          const run = new ChangedRun(seedRun());
          run.rateFactor = rateFactor;
          for (const change of made) run.change(change);
          for (;;) {
            const back = lastChangeBack(run.events);
            if (back === null) break;
            run.change(back);
          }
          expect(run.config).toEqual(seedRun());
          expect(run.rateFactor).toBe(rateFactor);
        },
      ),
    );
  });

  it('is none where an earlier version recorded it', () => {
    const event = { type: 'changed', epoch: 1, step: 1, change: { learningRate: 1 } } as const;
    expect(lastChangeBack([{ branch: 1, event }])).toBeNull();
  });
});

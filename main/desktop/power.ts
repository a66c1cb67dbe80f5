import { powerMonitor } from 'electron';
import type { PowerState } from '../../shared/desktop-calls.ts';

/** Tells how the computer is powered, now and whenever it changes, as far as its system says. */
export function watchPower(tell: (state: PowerState) => void): () => PowerState {
  let state: PowerState = {
    onBattery: powerMonitor.isOnBatteryPower(),
    speedLimit: 100,
    isHot: false,
  };
  const change = (part: Partial<PowerState>): void => {
    state = { ...state, ...part };
    tell(state);
  };
  powerMonitor.on('on-battery', () => change({ onBattery: true }));
  powerMonitor.on('on-ac', () => change({ onBattery: false }));
  // Both are told by macOS, the limit by Windows too.
  powerMonitor.on('speed-limit-change', ({ limit }) => change({ speedLimit: limit }));
  powerMonitor.on('thermal-state-change', ({ state: heat }) =>
    change({ isHot: heat === 'serious' || heat === 'critical' }),
  );
  return () => state;
}

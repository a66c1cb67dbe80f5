import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandDispatcher } from '../../../../renderer/commands/command-dispatcher.ts';
import { commandIds, type CommandId } from '../../../../shared/commands.ts';
import type { Place } from '../../../../shared/places.ts';

/** As much of the browser's class as the handler asks for: what it is inside of. */
class FakeElement {
  readonly #around: string;
  constructor(around: string) {
    this.#around = around;
  }
  closest(selectors: string): FakeElement | null {
    return selectors.split(', ').includes(this.#around) ? this : null;
  }
}

const done: CommandId[] = [];
const scene = {
  platform: 'linux',
  commandState: {
    phase: 'idle' as const,
    isLoaded: true,
    isPausing: false,
    isFormValid: true,
    isProving: false,
    place: 'draw' as Place,
    canUndoChange: true,
    canRedoChange: false,
    hasCurve: false,
    hasDrawing: false,
    canUndoStroke: true,
    canRedoStroke: false,
    isPointerDown: false,
  },
};
const actions = Object.fromEntries(commandIds.map((id) => [id, () => done.push(id)]));
const dispatcher = new CommandDispatcher(scene, actions as never);

function press(key: string, more: Partial<KeyboardEvent> & { around?: string } = {}): boolean {
  const preventDefault = vi.fn();
  const { around = 'body', ...event } = more;
  const bare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };
  const target = new FakeElement(around);
  dispatcher.handleKey({ ...bare, key, target, preventDefault, ...event } as never);
  return preventDefault.mock.calls.length > 0;
}

beforeEach(() => {
  done.length = 0;
  vi.stubGlobal('Element', FakeElement);
});
afterEach(() => vi.unstubAllGlobals());

describe('CommandDispatcher', () => {
  it('does what a key means, where the focus is', () => {
    expect(press(' ')).toBe(true);
    expect(press(' ', { around: '[data-keys="pad"]' })).toBe(true);
    expect(done).toEqual(['start-or-pause', 'toggle-pen']);
  });

  it('leaves other keys to whom they belong', () => {
    expect(press(' ', { around: 'button' })).toBe(false);
    expect(press('x')).toBe(false);
    expect(press('z', { ctrlKey: true, around: 'textarea' })).toBe(false);
    expect(done).toEqual([]);
  });

  it('repeats only what is meant to repeat', () => {
    press(' ', { repeat: true });
    press('z', { ctrlKey: true, repeat: true });
    expect(done).toEqual(['undo-stroke']);
  });

  it('does nothing that cannot be used now, whoever asks', () => {
    expect(press('Delete', { around: '[data-keys="pad"]' })).toBe(true);
    dispatcher.runCommand('stop');
    dispatcher.buttonFor('clear-drawing').onclick();
    expect(done).toEqual([]);
  });

  it('says of a button whether it can be used, its tip and its keys', () => {
    expect(dispatcher.buttonFor('undo-stroke')).toMatchObject({
      disabled: false,
      title: 'Ctrl+Z',
      'aria-keyshortcuts': 'Control+Z',
    });
    expect(dispatcher.buttonFor('stop')).toMatchObject({
      disabled: true,
      title: 'Finish the step, save, and end the run (Ctrl+.)',
    });
    expect(dispatcher.buttonFor('start-or-pause', 'Goes on').title).toBe(
      'Goes on (Space bar or Ctrl+Enter)',
    );
  });
});

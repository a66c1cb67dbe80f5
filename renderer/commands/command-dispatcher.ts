import { commands, type CommandId, type CommandState } from '../../shared/commands.ts';
import type { KeyPress } from '../../shared/key-chords.ts';
import { ariaKeys, commandFor, keysText, padHelp, tipText } from './command-keys.ts';
import { keyTargetOf } from './key-target.ts';

/** What each command does; the key press is null where it came from a button or the menu. */
export type CommandActions = Readonly<Record<CommandId, (press: KeyPress | null) => void>>;

/** How things stand, asked for anew each time. */
export interface CommandScene {
  /** As `process.platform` names it. */
  readonly platform: string;
  readonly commandState: CommandState;
}

/** Runs commands, whether a key, a button or the menu asks for them. */
export class CommandDispatcher {
  readonly #scene: CommandScene;
  readonly #actions: CommandActions;

  constructor(scene: CommandScene, actions: CommandActions) {
    this.#scene = scene;
    this.#actions = actions;
  }

  isEnabled(id: CommandId): boolean {
    return commands[id].enabledWhen(this.#scene.commandState);
  }

  /** Does nothing where the command cannot be used now. */
  runCommand(id: CommandId, press: KeyPress | null = null): void {
    if (this.isEnabled(id)) this.#actions[id](press);
  }

  /** The window's one key handler. */
  handleKey(event: KeyboardEvent): void {
    const { platform } = this.#scene;
    const id = commandFor(event, keyTargetOf(event.target), platform, (each) =>
      this.isEnabled(each),
    );
    if (id === null) return;
    // Also where nothing is done: what the page itself would do, such as scroll, is not meant.
    event.preventDefault();
    if (!event.repeat || commands[id].repeats) this.runCommand(id, event);
  }

  /** Whether it is one that a list of commands offers: what a key does on the pad alone is none. */
  isListed(id: CommandId): boolean {
    return commands[id].keys.every(({ where }) => where !== 'pad') && id !== 'show-commands';
  }

  /** A command's keys as a person reads them; empty where it has none. */
  keysOf(id: CommandId): string {
    return keysText(commands[id], this.#scene.platform);
  }

  /** What the keys do on the drawing pad. */
  get padHelp(): string {
    return padHelp(this.#scene.platform);
  }

  /**
   * All of a command's button but its text.
   * @param tip another sentence than the table's
   */
  buttonFor(id: CommandId, tip = commands[id].tip ?? '') {
    const { platform } = this.#scene;
    return {
      type: 'button',
      disabled: !this.isEnabled(id),
      title: tipText(tip, commands[id], platform),
      'aria-keyshortcuts': ariaKeys(commands[id], platform),
      onclick: () => this.runCommand(id),
    } as const;
  }
}

import { speakChosen } from './language.ts';
import { join } from 'node:path';
import { app, ipcMain, Menu, type BrowserWindow } from 'electron';
import { toFailure, type Failure } from '../shared/ipc.ts';
import { chooseChromiumFeatures } from './chromium-features.ts';
import { CheckpointFolder } from './checkpoint-folder.ts';
import { Desktop } from './desktop/desktop.ts';
import { desktopHandlers } from './desktop/desktop-handlers.ts';
import { folderArgument, handedOnFolder } from './desktop/folder-argument.ts';
import { logFailure, logPage, openLog, revealLog } from './desktop/log.ts';
import { showStartFailure } from './desktop/start-failure.ts';
import { createHandlers } from './handlers.ts';
import { bindCalls, createSender, heldBack, type Peer, type Send } from './ipc.ts';
import { LabelMarks } from './label-marks.ts';
import { drawingDialogs } from './file-dialogs.ts';
import { OwnDrawings } from './own-drawings.ts';
import { OwnPresets } from './own-presets.ts';
import { Prover } from './prover.ts';
import { Quitting } from './quitting.ts';
import { guardContents, pageSource, registerScheme, secureSession } from './security.ts';
import { ReaderHost } from './reader-host.ts';
import { givenSetup, handedOnSetup, takeSetup, type GivenSetup } from './setup-argument.ts';
import { isSetupFile } from './setup-file.ts';
import { runInTerminal } from './run-in-terminal.ts';
import { terminalCommand } from './terminal-command.ts';
import { TrainerHost } from './trainer-host.ts';
import { TrainerThreads } from './trainer-threads.ts';
import { TrainingSupervisor } from './training-supervisor.ts';
import { afterFirstFrame, bringForward, createWindow, openPage } from './window.ts';
import { openPreferences } from './preferences.ts';
import { beginQueuedRun } from './run-handlers.ts';
import { RunQueue } from './run-queue.ts';
import { readQueueFile, writeQueueFile } from './run-queue-file.ts';
import { languageVariable, SpokenLanguage } from './spoken-language.ts';
import { UsedFolders } from './used-folders.ts';

/**
 * Puts the parts together; the reasons for each part are in its own file.
 * @param given what to open with
 */
function runApp(given: GivenSetup & { folder: string | null }): void {
  const dist = join(app.getAppPath(), 'dist');
  const page = pageSource();
  let window: BrowserWindow | null = null;
  const peer: Peer = { contents: () => window?.webContents ?? null, origin: page.origin };
  const send = createSender(peer);

  // Problems from before the window listens are reported when it does.
  const { tell, release } = heldBack(send);
  const warn = (failure: Failure): void => {
    logFailure(failure);
    tell('warning', failure);
  };
  const openSetup = (asked: GivenSetup): void =>
    void takeSetup(asked, (setup) => tell('setup', setup), warn);
  openSetup(given);

  const preferences = openPreferences(app.getPath('userData'), warn);
  const presets = new OwnPresets(join(app.getPath('userData'), 'presets.json'), warn);
  const labelMarks = new LabelMarks(join(app.getPath('userData'), 'label-marks.json'), warn);
  const ownDrawings = new OwnDrawings(
    preferences,
    drawingDialogs(() => window),
  );
  const folder = new CheckpointFolder(preferences, app.getPath('documents'));
  const threads = new TrainerThreads(preferences);
  const environment = (): NodeJS.ProcessEnv => ({
    ...threads.environment(),
    ...languageVariable(),
  });
  const host = new TrainerHost(
    join(dist, 'trainer', 'utility-main.js'),
    {
      onEvent: (event) => {
        training.onEvent(event);
        queue.onEvent(event);
      },
      onCrash: (crash) => {
        training.onCrash(crash);
        queue.onCrash();
      },
      onRatesProgress: (progress) => send('ratesProgress', progress),
      onExperimentProgress: (progress) => send('experimentProgress', progress),
      onProof: (event) => prover.onEvent(event),
    },
    environment,
  );
  const readerTelling = (event: 'datasetReading' | 'predictionProgress'): ReaderHost => {
    const entry = join(dist, 'trainer', 'reader-main.js');
    return new ReaderHost(entry, (progress) => send(event, progress), environment);
  };
  const reader = readerTelling('datasetReading');
  const predictor = readerTelling('predictionProgress');
  const prover = new Prover(host, (event, payload) => {
    send(event, payload);
    desktop.updateMenu();
  });
  const sendFromTraining: Send = (event, payload) => {
    send(event, payload);
    desktop.hear(event, payload);
  };
  const training = new TrainingSupervisor(host, folder, sendFromTraining, () => prover.isProving);
  const queueFile = join(app.getPath('userData'), 'queue.json');
  const queue = new RunQueue(readQueueFile(queueFile, warn), {
    isBusy: () => training.isBusy,
    begin: (run) => beginQueuedRun(run, folder, training),
    tell: (state) => send('queue', state),
    keep: (runs) => writeQueueFile(queueFile, runs, warn),
  });
  const used = new UsedFolders(
    folder,
    join(app.getPath('userData'), 'run-summaries.json'),
    (path, request) => host.checkpoints(path, request),
  );
  const quitting = new Quitting(() => {
    queue.end();
    return Promise.all([training.shutdown(), preferences.keep()]);
  });

  const openWindow = (): void => {
    window = createWindow(preferences, join(dist, 'main', 'preload.cjs'));
    quitting.holdWindow(window);
    logPage(window.webContents);
    afterFirstFrame(window, () => void preferences.keep());
    window.on('closed', () => {
      window = null;
      reader.close();
      predictor.close();
    });
    desktop.windowOpened();
    openPage(window, page);
  };
  const language = new SpokenLanguage({
    preferences,
    speakChosen,
    menuChanged: () => desktop.makeMenuAnew(),
    tellTrainer: (spoken) => host.isRunning && host.send({ type: 'speak', language: spoken }),
    readers: [reader, predictor],
    openPage: () => window && openPage(window, page),
  });
  const showWindow = (): void => {
    if (window) bringForward(window);
    else openWindow();
  };
  const carryOut = async (action: () => unknown, where: string): Promise<void> => {
    try {
      await action();
    } catch (error) {
      warn(toFailure(error, where));
    }
  };
  const desktop = new Desktop({
    preferences,
    folder,
    training: () => training,
    isProving: () => prover.isProving,
    window: () => window,
    send,
    warn,
    bringForward: showWindow,
    actions: {
      send: (id) => send('menu', id),
      revealFolder: () => void carryOut(() => handlers.revealFolder(undefined), folder.path),
      revealLog: () => void carryOut(revealLog, 'log'),
      language,
    },
  });
  const handlers = {
    ...createHandlers({
      preferences,
      presets,
      folder,
      host,
      reader,
      predictor,
      labelMarks,
      ownDrawings,
      training,
      prover,
      threads,
      used,
      queue,
      window: () => window,
      onSnapshot() {
        onUncaught = (error) => warn(toFailure(error, 'the main process'));
        setImmediate(release);
      },
    }),
    ...desktopHandlers(desktop, language),
  };
  bindCalls(ipcMain, peer, handlers);
  guardContents(page);

  app.on('second-instance', (_event, _arguments, _folder, data) => {
    showWindow();
    openSetup(handedOnSetup(data));
    const other = handedOnFolder(data);
    if (other !== null) desktop.openFolder(other);
  });
  app.on('activate', showWindow);
  let toOpen = given.folder;
  // macOS: a folder dropped on the icon or chosen in the dock's list, or a double click on a set-up.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (isSetupFile(path)) openSetup({ setup: null, file: path });
    else if (app.isReady()) desktop.openFolder(path);
    else toOpen = path;
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(() => {
    secureSession(join(dist, 'renderer'), page);
    quitting.holdShutdown();
    openWindow();
    if (window) afterFirstFrame(window, () => desktop.begin());
    if (toOpen !== null && desktop.openFolder(toOpen)) return;
    // There is nothing to be read in an empty one: its process may wait until the window is there.
    if (folder.isEmpty()) window?.once('ready-to-show', () => host.prepare());
    else training.open();
  });
}

/** Until the window listens, what nobody has caught ends the start. */
let onUncaught = (error: Error): void =>
  void showStartFailure(toFailure(error, 'the start of the app'));

function openApp(): void {
  app.setAppUserModelId('org.firstlayer.app');
  const [applicationName, applicationVersion] = ['Firstlayer', app.getVersion()];
  app.setAboutPanelOptions({ applicationName, applicationVersion, copyright: 'MIT License' });
  // Electron would make one of its own before the app's.
  Menu.setApplicationMenu(null);
  registerScheme();
  chooseChromiumFeatures();
  const given = {
    ...givenSetup(process.argv, process.cwd()),
    folder: folderArgument(process.argv.slice(1), process.cwd(), app.getAppPath()),
  };
  if (app.requestSingleInstanceLock(given)) {
    openLog((error) => onUncaught(error));
    runApp(given);
  } else app.quit();
}

const command = terminalCommand(process.argv.slice(1));
// Chromium, which needs a screen, starts when this module has been run.
if (command) await runInTerminal(command);
else openApp();

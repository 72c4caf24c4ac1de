import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, inject } from 'vitest';
import type { MessageInput, MessageName, MessageOutput } from '../../../src/contract/messages.ts';
import type { Result } from '../../../src/core/result.ts';
import {
  type Assembly,
  type AssemblyOptions,
  startAssembly,
} from '../../../tools/assembly/start-assembly.ts';
import { checkpointsDistPath } from '../../../tools/checkpoints/build-checkpoints.ts';
import { lifeLock, type StopAt, type StopItems } from '../../../tools/checkpoints/stop-items.ts';
import { openExtensionPage } from '../../../tools/chromium/extension.ts';
import { launchChromium } from '../../../tools/chromium/launch.ts';
import { type OutboxAccount, readOutboxAccount } from '../../support/outbox-account.ts';

const answerMs = 20_000;
const wait = { timeout: answerMs, interval: 5 };

/** The build with checkpoints in a headless Chromium, spoken to from a page of the extension. */
export interface KillRig {
  readonly assembly: Assembly;
  /** A page that does nothing by itself; see tools/checkpoints/control.ts for what it can be told to do. */
  readonly control: Page;
  openExtensionPage(path: string): Promise<Page>;
  /** Sends one message. Null: the worker ended before it answered. */
  ask<Name extends MessageName>(name: Name, input: MessageInput<Name>): Promise<Answer<Name> | null>;
  /** Sends one message, and rejects unless it is answered with success. */
  askFor<Name extends MessageName>(name: Name, input: MessageInput<Name>): Promise<MessageOutput<Name>>;
  /** Tells the running worker to stop at the `hit`-th pass of a checkpoint, and resolves once it knows. */
  armStop(name: string, hit?: number): Promise<ArmedStop>;
  /** The same for the worker that is started next. */
  armNextLife(name: string): Promise<ArmedStop>;
  killWorker(): Promise<void>;
  /** Whether an alarm stands by. Asks the browser and does not wake the worker. */
  hasAlarm(): Promise<boolean>;
  /** What was thrown since the last time and caught by nobody, in a worker or a second sender. */
  takeProblem(): Promise<string | null>;
  /** Where everything is that came into the outbox since it was erased. */
  readAccount(): Promise<OutboxAccount | null>;
  /** Ends everything. */
  close(): Promise<void>;
}

export type Answer<Name extends MessageName> = Result<MessageOutput<Name>>;

export interface ArmedStop {
  /** Resolves when the worker stands still there. Rejects when it does not come there in 20 seconds. */
  reached(): Promise<void>;
}

/** Starts Chromium and a local Assembly. `close` is to be called whatever happens. */
export async function startKillRig(options: AssemblyOptions): Promise<KillRig> {
  const assembly = await startAssembly(options);
  const profilePath = await mkdtemp(join(tmpdir(), 'capture-kills-'));
  const { browser, extension } = await launchChromium({
    executablePath: inject('executablePath'),
    extensionPath: checkpointsDistPath,
    assembly,
    profilePath,
    headless: true,
  });
  const open = (path: string) => openExtensionPage(browser, extension, path);
  const control = await open('tools/checkpoints/control.html');

  const devtools = await browser.target().createCDPSession();

  const ask: KillRig['ask'] = async (name, input) => {
    const answer = await control.evaluate(sendMessage, { name, input }, answerMs);
    if (answer === 'late') throw new Error(`${name} was not answered in ${answerMs} ms`);
    return answer as never;
  };
  let stops = 0;
  const arm = async (name: string, hit: number) => {
    const id = `${name} ${++stops}`;
    await control.evaluate(storeStop, { id, name, hit });
    return id;
  };
  const waitFor = async (item: 'armed' | 'stoppedAt', id: string) => {
    const isThere = await control.evaluate(waitForItem, item, id, answerMs);
    if (!isThere) throw new Error(`${item} was not ${id} after ${answerMs} ms`);
  };

  const workerTarget = async () => {
    const { targetInfos } = await devtools.send('Target.getTargets');
    return targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extension.id));
  };
  /**
   * Not by way of puppeteer's worker, to which a debugger is attached. For a moment one is attached to each worker that
   * starts: killed in that moment, it would wait for its debugger when it is started again, and never go on.
   */
  const endLife = async (life: string) => {
    await expect.poll(async () => (await workerTarget())?.attached, wait).toBe(false);
    const targetId = (await workerTarget())?.targetId ?? '';
    await devtools.send('Target.closeTarget', { targetId });
    const isOver = async () =>
      (await workerTarget())?.targetId !== targetId &&
      !(await control.evaluate(livesOfWorkers, lifeLock)).includes(life);
    await expect.poll(isOver, wait).toBe(true);
  };

  return {
    assembly,
    control,
    openExtensionPage: open,
    ask,
    async askFor(name, input) {
      const answer = await ask(name, input);
      if (answer?.ok) return answer.value;
      throw new Error(`${name} was answered with ${JSON.stringify(answer?.failure ?? null)}`);
    },
    async armStop(name, hit = 1) {
      const id = await arm(name, hit);
      await waitFor('armed', id);
      return { reached: () => waitFor('stoppedAt', id) };
    },
    async armNextLife(name) {
      const id = await arm(name, 1);
      return { reached: () => waitFor('stoppedAt', id) };
    },
    killWorker: async () => {
      for (const life of await control.evaluate(livesOfWorkers, lifeLock)) await endLife(life);
    },
    hasAlarm: () => control.evaluate(async () => (await chrome.alarms.getAll()).length > 0),
    takeProblem: () => control.evaluate(takeProblem),
    readAccount: () => readOutboxAccount(browser, extension),
    async close() {
      await browser.close();
      await assembly.close();
      await rm(profilePath, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Runs in a page of the extension. */
function sendMessage(message: { name: string; input: unknown }, timeoutMs: number): Promise<unknown> {
  const answer = chrome.runtime.sendMessage(message).then(
    (result: unknown) => result ?? null,
    () => null,
  );
  return Promise.race([answer, new Promise(resolve => setTimeout(resolve, timeoutMs, 'late'))]);
}

/** Runs in a page of the extension. */
async function storeStop(stopAt: StopAt): Promise<void> {
  await chrome.storage.session.set<Partial<StopItems>>({ stopAt });
}

/** Runs in a page of the extension: whether an item of the session is `wanted` within the time. */
function waitForItem(item: string, wanted: string, timeoutMs: number): Promise<boolean> {
  const { session } = chrome.storage;
  return new Promise(resolve => {
    const timer = setTimeout(() => end(false), timeoutMs);
    const look = async () => {
      if ((await session.get(item))[item] === wanted) end(true);
    };
    const end = (isThere: boolean) => {
      clearTimeout(timer);
      session.onChanged.removeListener(look);
      resolve(isThere);
    };
    session.onChanged.addListener(look);
    void look();
  });
}

/** Runs in a page of the extension: the names of the locks that workers hold while they live. */
async function livesOfWorkers(prefix: string): Promise<string[]> {
  const { held = [] } = await navigator.locks.query();
  return held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
}

/** Runs in a page of the extension. */
async function takeProblem(): Promise<string | null> {
  const { problem } = await chrome.storage.session.get<StopItems>('problem');
  await chrome.storage.session.remove('problem');
  return problem ?? null;
}

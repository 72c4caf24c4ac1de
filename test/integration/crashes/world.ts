import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { attempt } from '../../../src/background/outbox/attempt.ts';
import type { SenderPorts } from '../../../src/background/outbox/ports.ts';
import { createSender, type Sender } from '../../../src/background/outbox/sender.ts';
import type { Answer } from '../../../src/core/outbox/classify.ts';
import { defaultRetention } from '../../../src/core/retention.ts';
import { createDatabase, type Database } from '../../../src/platform/database/database.ts';
import { createOutboxStore, type OutboxStore } from '../../../src/platform/privileged/outbox-store.ts';
import { removeOld } from '../../../src/platform/privileged/remove-old.ts';
import { requestOfJob } from '../../../src/platform/privileged/request-body.ts';
import { AssemblyModel, type Dedupe } from './assembly-model.ts';
import type { Chance } from './chance.ts';
import { VirtualTime } from './virtual-time.ts';

/** One life of the worker. */
export interface Worker {
  sender: Sender;
  store: OutboxStore;
  database: Database;
}

class Death extends Error {}

/**
 * A profile, a worker that can die at any step, and Assembly. The code of the worker is the real one, from the sender
 * down to IndexedDB; only what its ports give it is simulated. Nothing that a dead worker waits for ever ends.
 */
export class World {
  readonly time = new VirtualTime();
  readonly assembly: AssemblyModel;
  /** How probable a death is at each step; 0: nothing dies any more. */
  deathRate = 0;
  deaths = 0;
  key = { id: 'k1', value: 'key-1' };
  readonly #chance: Chance;
  readonly #storage = new IDBFactory();
  #worker: (Worker & { life: Life }) | null = null;
  #lockQueue: { life: Life; begin: () => void }[] = [];
  #lockHolder: Life | null = null;
  #cancelAlarm = () => {};
  #ids = 0;

  constructor(chance: Chance, dedupe: Dedupe) {
    this.#chance = chance;
    this.assembly = new AssemblyModel(this.time, chance, dedupe);
  }

  /** The living worker; as the browser does for any event, a dead one is started anew. */
  worker(): Worker {
    if (this.#worker) return this.#worker;
    const life: Life = { isAlive: true, bornAt: this.time.elapsed() };
    // The library opens the global one.
    globalThis.indexedDB = this.#storage;
    const database = this.#mortalDatabase(life, createDatabase());
    const store = createOutboxStore(database);
    const sender = createSender(this.#ports(life, store, database));
    this.#worker = { sender, store, database, life };
    // As main.ts does: whatever woke the worker, it looks at what is stored.
    void sender.run();
    return this.#worker;
  }

  kill(): void {
    if (!this.#worker) return;
    this.deaths += 1;
    const { life } = this.#worker;
    life.isAlive = false;
    this.#worker = null;
    this.#lockQueue = this.#lockQueue.filter(waiting => waiting.life !== life);
    if (this.#lockHolder === life) this.#freeLock();
  }

  /** A database that nobody kills, to look at what is stored. */
  inspect(): Database {
    globalThis.indexedDB = this.#storage;
    return createDatabase();
  }

  /** A step of the worker: it may die before, and after it, when the step's effect is there but unknown to it. */
  async #step<T>(life: Life, work: () => Promise<T>): Promise<T> {
    this.#maybeDie(life);
    if (!life.isAlive) return never();
    this.time.busy += 1;
    const [done] = await Promise.allSettled([work()]);
    this.time.busy -= 1;
    this.#maybeDie(life);
    if (!life.isAlive) return never();
    if (done.status === 'rejected') throw done.reason;
    return done.value;
  }

  #maybeDie(life: Life): void {
    if (life.isAlive && this.#chance.isTrue(this.deathRate)) this.kill();
  }

  #mortalDatabase(life: Life, { connection, change }: Database): Database {
    return {
      connection: () => this.#step(life, connection),
      change: work =>
        this.#step(life, () =>
          change(async tx => {
            const result = await work(tx);
            this.#maybeDie(life);
            // Its transactions die with the worker.
            if (!life.isAlive) throw new Death();
            return result;
          }),
        ),
    };
  }

  #ports(life: Life, store: OutboxStore, database: Database): SenderPorts {
    const { time } = this;
    const chance = this.#chance;
    return {
      store,
      clock: {
        now: () => time.now(),
        monotonic: () => time.elapsed() - life.bornAt,
        timer: delayMs => {
          let cancel = () => {};
          const done = new Promise<void>(resolve => {
            const forget = time.after(delayMs, () => life.isAlive && resolve());
            cancel = () => {
              forget();
              if (life.isAlive) resolve();
            };
          });
          return { done, cancel };
        },
      },
      random: () => chance.next(),
      newId: () => `run-${this.#ids++}`,
      exclusively: work => this.#withLock(life, work),
      scheduleWake: at => this.#step(life, async () => this.#setAlarm(at)),
      queueHold: async () => this.#hold(await store.readRefusedKey()),
      attempt: job =>
        attempt(job, {
          now: () => time.now(),
          isOnline: () => this.assembly.isOnline,
          readKey: () => this.#step(life, async () => this.key),
          readJob: store.readJob,
          makeRequest: (id, request) => this.#step(life, () => requestOfJob(id, request)),
          send: (request, key) => this.#fetch(life, () => this.assembly.send(request, key, true)),
          sendOnce: (request, key) => this.#fetch(life, () => this.assembly.send(request, key, false)),
        }),
      browserStart: async () => null,
      announce() {},
      showPending: async () => {},
      putDamagedAside: async () => {},
      tidyUp: async () => void (await removeOld(time.now(), defaultRetention, () => {}, database)),
    };
  }

  #hold(refused: Awaited<ReturnType<OutboxStore['readRefusedKey']>>) {
    return refused?.keyId === this.key.id ? refused.failure : null;
  }

  /** The answer takes virtual time, so it is no step: the worker may be killed from outside meanwhile. */
  async #fetch(life: Life, request: () => Promise<Answer>): Promise<Answer> {
    this.#maybeDie(life);
    if (!life.isAlive) return never();
    const answer = await request();
    this.#maybeDie(life);
    return life.isAlive ? answer : never();
  }

  async #withLock(life: Life, work: () => Promise<void>): Promise<void> {
    await new Promise<void>(begin => {
      this.#lockQueue.push({ life, begin });
      if (!this.#lockHolder) this.#freeLock();
    });
    await work();
    if (life.isAlive) this.#freeLock();
  }

  #freeLock(): void {
    const next = this.#lockQueue.shift();
    this.#lockHolder = next?.life ?? null;
    next?.begin();
  }

  #setAlarm(at: number | null): void {
    this.#cancelAlarm();
    this.#cancelAlarm = () => {};
    if (at !== null) this.#ringIn(Math.max(at - this.time.now(), 0));
  }

  #ringIn(delayMs: number): void {
    this.#cancelAlarm = this.time.after(delayMs, () => {
      this.#ringIn(60_000);
      void this.worker().sender.run();
    });
  }
}

interface Life {
  isAlive: boolean;
  bornAt: number;
}

function never(): Promise<never> {
  return new Promise(() => {});
}

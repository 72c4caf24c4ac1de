import type { Answer } from '../../../src/core/outbox/classify.ts';
import type { FormRequest } from '../../../src/platform/privileged/request-body.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a second request with a known `source_specific_id` gets. */
export type Dedupe = 'same-answer' | 'conflict' | 'bad-request';

interface Commit {
  id: string;
  kind: 'ticket' | 'reply';
  target: string | null;
  body: string;
}

/**
 * Assembly and the way to it: delays, lost answers, refusals, a browser that repeats requests by itself. What is on
 * its way arrives also when its sender has died, and in any order.
 */
export class AssemblyModel {
  /** Every ticket and reply that was created, in order. */
  readonly commits: Commit[] = [];
  readonly bodies = new Map<string, Set<string>>();
  isHealthy = false;
  isOnline = true;
  acceptedKey = 'key-1';
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #dedupe: Dedupe;
  readonly #numbers = new Map<string, string>();

  constructor(time: VirtualTime, chance: Chance, dedupe: Dedupe) {
    this.#time = time;
    this.#chance = chance;
    this.#dedupe = dedupe;
  }

  commitsOf(id: string): number {
    return this.commits.filter(commit => commit.id === id).length;
  }

  /** A request as a page sends it; `canRepeat`: the browser may do so by itself. */
  async send(request: FormRequest, key: string, canRepeat: boolean): Promise<Answer> {
    const chance = this.#chance;
    if (!this.isOnline) return { kind: 'no-answer', reason: 'network', neverLeft: !canRepeat };
    const trouble = this.isHealthy ? 1 : chance.next();
    // Refused before it left: only a streamed body tells.
    if (trouble < 0.05) return { kind: 'no-answer', reason: 'network', neverLeft: !canRepeat };
    if (trouble < 0.1) return this.#lostOnTheWay();

    const isServed = trouble >= 0.3 || chance.isTrue(0.5);
    const delays = [
      this.#delay(),
      ...(canRepeat && !this.isHealthy && chance.isTrue(0.1) ? [this.#delay()] : []),
    ];
    const arrivals = delays.map(async delayMs => {
      await this.#time.sleep(delayMs);
      return isServed ? this.#serve(request, key) : answered(500, { error: 'internal' });
    });
    const answer = (await Promise.all(arrivals)).at(-1) ?? answered(500, {});
    await this.#time.sleep(this.#delay());
    if (trouble < 0.2) return isServed ? this.#lostOnTheWay() : answer;
    if (trouble < 0.3) return isServed ? this.#spoilt(answer) : answer;
    return answer;
  }

  #delay(): number {
    return this.isHealthy ? 20 : this.#chance.pick([5, 50, 400, 3_000]);
  }

  async #lostOnTheWay(): Promise<Answer> {
    if (this.#chance.isTrue(0.5)) return { kind: 'no-answer', reason: 'network', neverLeft: false };
    await this.#time.sleep(25_000);
    return { kind: 'no-answer', reason: 'timed-out', neverLeft: false };
  }

  /** It was served, and what comes back does not say so. */
  #spoilt(answer: Answer): Answer {
    const spoilt: [Answer, ...Answer[]] = [
      answered(503, { error: 'upstream timed out' }),
      answered(504, 'Gateway timeout'),
      answered(200, '<html><title>Sign in</title></html>'),
      answered(200, '{"created_ticket_nu', false),
      answer.kind === 'answered' ? { ...answer, bodyComplete: false } : answer,
    ];
    return this.#chance.pick(spoilt);
  }

  #serve({ path, body }: FormRequest, key: string): Answer {
    if (key !== this.acceptedKey) return answered(401, { error: 'Invalid API key' });
    if (!this.isHealthy && this.#chance.isTrue(0.08)) {
      const retryAfter = this.#chance.isTrue(0.5) ? String(this.#chance.whole(1, 90)) : null;
      return answered(429, { error: 'rate limit exceeded' }, true, retryAfter);
    }
    const kind = path.startsWith('/interactions/reply') ? 'reply' : 'ticket';
    const id = String(body.get('source_specific_id'));
    const text = JSON.stringify([...body.entries()]);
    this.bodies.set(id, (this.bodies.get(id) ?? new Set()).add(text));
    if (kind === 'reply') {
      const target = new URLSearchParams(path.split('?')[1]).get('source_specific_id');
      if (target === null || !this.#numbers.has(target)) return answered(404, { error: 'not found' });
      this.commits.push({ id, kind, target, body: text });
      return answered(200, { created_history_id: `H-${this.commits.length}` });
    }
    const number = this.#numbers.get(id);
    if (number !== undefined) return this.#knownTicket(number);
    this.commits.push({ id, kind, target: null, body: text });
    this.#numbers.set(id, `ASM-${this.commits.length}`);
    return answered(200, { created_ticket_number: `ASM-${this.commits.length}` });
  }

  #knownTicket(number: string): Answer {
    if (this.#dedupe === 'same-answer') return answered(200, { created_ticket_number: number });
    if (this.#dedupe === 'conflict') return answered(409, { error: 'conflict' });
    return answered(400, { error: 'source_specific_id already exists' });
  }
}

function answered(
  status: number,
  body: object | string,
  bodyComplete = true,
  retryAfter: string | null = null,
): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, headers: { retryAfter, date: null }, body: text, bodyComplete };
}

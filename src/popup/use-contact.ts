import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactView } from '../contract/views.ts';
import { isSameAddress } from '../core/directory/people.ts';
import { isEmail } from '../core/draft-request.ts';
import { send } from '../platform/send.ts';

/** How long the keys have to rest before an address is asked about. */
const restMs = 400;

export interface ContactCheck {
  /** What Assembly knows of the address in the field; null while nothing was asked, or the answer is not there. */
  contact: ContactView | null;
  /** It was typed: to be asked about when the keys rest. */
  soon(email: string): void;
  /** It is to be asked about at once, if it waits to be. */
  nowIfSoon(): void;
  /** It was chosen, or pressed: to be asked about at once. */
  now(email: string): void;
}

/** Asks about the address of a customer, once the person has done something with it; by itself it asks nothing. */
export function useContact(shown: string): ContactCheck {
  const [contact, setContact] = useState<ContactView | null>(null);
  const waiting = useRef<{ email: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const asked = useRef('');

  function stopWaiting(): void {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
  }

  function now(typed: string): void {
    stopWaiting();
    const email = typed.trim();
    if (!isEmail(email) || isSameAddress(asked.current, email)) return;
    asked.current = email;
    void send('people.lookUp', { email }).then(answer => {
      if (asked.current !== email) return;
      const unknown = { email, isKnown: null, name: '', at: 0 };
      const view = answer.ok ? answer.value : { ...unknown, failure: answer.failure };
      // What could not be asked is asked again at the next occasion.
      if (view.failure) asked.current = '';
      setContact(view);
    });
  }

  useEffect(() => stopWaiting, []);

  return {
    contact: contact && isSameAddress(contact.email, shown) ? contact : null,
    soon(email) {
      stopWaiting();
      waiting.current = { email, timer: setTimeout(() => now(email), restMs) };
    },
    nowIfSoon: () => waiting.current && now(waiting.current.email),
    now,
  };
}

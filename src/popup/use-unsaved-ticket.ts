import { useRef, useState } from 'preact/hooks';
import { type Draft, emptyDraft } from '../core/draft.ts';
import type { Failure, FailureKind } from '../core/failure.ts';
import { type DraftSecret, maskDraft } from '../core/redaction/secrets-in-draft.ts';
import { undecidedSecrets } from '../core/redaction/undecided-secrets.ts';
import { text } from '../platform/localised-text.ts';
import { newId } from '../platform/new-id.ts';
import { send } from '../platform/send.ts';
import { readRedactionRules } from '../platform/settings-store.ts';
import type { Said } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { earlierText, sentText } from '../ui/sent-text.ts';
import { isArmed } from './is-armed.ts';

/** A ticket that is stored nowhere, for as long as nothing can be stored. */
export interface UnsavedTicket {
  title: string;
  body: string;
  /** Send was pressed with nothing typed. */
  isMissingWords: boolean;
  isSending: boolean;
  /** A try of what is typed may have arrived, though no answer told so. */
  mayHaveArrived: boolean;
  /** What came of the last press. */
  said: Said;
  /** The last press failed for want of a key that works. */
  needsKey: boolean;
  /** Of the ticket that was created last. */
  ticketNumber: string | null;
  /** What was found in the words when Send was pressed, and nobody has decided about. */
  unmasked: DraftSecret[] | null;
  edit(words: { title?: string; body?: string }): void;
  send(): void;
  /** What to do with what is unmasked before the words are sent; null sends nothing. */
  answerUnmasked(answer: 'mask' | 'keep' | null): void;
  keySaved(): void;
  /** Forgets what is typed: it is somewhere else now. */
  clear(): void;
}

type Words = Pick<UnsavedTicket, 'title' | 'body'>;

const nothingTyped = { title: '', body: '', isMissingWords: false, mayHaveArrived: false };
const nothingSaid: Said = { message: '', kind: 'notice' };

/** The failures after which Assembly may hold the ticket all the same. */
const isAmbiguous: Partial<Record<FailureKind, true>> = {
  unreachable: true,
  'timed-out': true,
  interrupted: true,
  'server-error': true,
  'unreadable-answer': true,
  unexpected: true,
};

/** Whether a ticket can be sent at once: only where none can be saved. */
export function canSendUnsaved(failure: Failure | null): boolean {
  return failure?.kind === 'storage-unavailable';
}

/** One ticket at a time. Its id is the same on every press, until Assembly says that it is created. */
export function useUnsavedTicket(): UnsavedTicket {
  const id = useRef(newId());
  const isOut = useRef(false);
  /** What was found, and the person said may leave. */
  const keptSecrets = useRef<string[]>([]);
  /** The texts of the tries that may have arrived. */
  const triedTexts = useRef(new Set<string>());
  const [typed, setTyped] = useState(nothingTyped);
  const [isSending, setSending] = useState(false);
  const [said, setSaid] = useState(nothingSaid);
  const [needsKey, setNeedsKey] = useState(false);
  const [ticketNumber, setTicketNumber] = useState<string | null>(null);
  const [unmasked, setUnmasked] = useState<DraftSecret[] | null>(null);

  function clear() {
    id.current = newId();
    keptSecrets.current = [];
    triedTexts.current.clear();
    setUnmasked(null);
    setTyped(nothingTyped);
  }

  async function sendOnce({ title, body }: Words) {
    if (!isArmed() || isOut.current) return;
    if (title.trim() === '' && body.trim() === '') {
      return setTyped({ ...typed, isMissingWords: true });
    }
    isOut.current = true;
    setSending(true);
    setTicketNumber(null);
    setSaid({ message: text('unsavedSending'), kind: 'notice' });
    const sent = await send('unsaved.send', {
      id: id.current,
      title,
      body,
      keptSecrets: keptSecrets.current,
    });
    const found =
      !sent.ok && sent.failure.kind === 'unmasked-secrets' ? await undecided({ title, body }) : [];
    isOut.current = false;
    setSending(false);
    if (found.length > 0) {
      setSaid(nothingSaid);
      setUnmasked(found);
    } else if (sent.ok) created(sent.value.ticketNumber, JSON.stringify([title, body]));
    else failed(sent.failure, JSON.stringify([title, body]));
  }

  async function undecided(words: Words): Promise<DraftSecret[]> {
    return undecidedSecrets(draftOf(words), await readRedactionRules());
  }

  function draftOf(words: Words): Draft {
    return { ...emptyDraft(id.current, Date.now()), ...words, keptSecrets: keptSecrets.current };
  }

  async function answerUnmasked(answer: 'mask' | 'keep' | null) {
    const keys = unmasked?.map(({ key }) => key) ?? [];
    setUnmasked(null);
    if (answer === null) return;
    if (answer === 'keep') {
      keptSecrets.current = [...new Set([...keptSecrets.current, ...keys])];
      return sendOnce(typed);
    }
    const { title, body } = maskDraft(draftOf(typed), await readRedactionRules(), [], keys);
    setTyped(before => ({ ...before, title, body }));
    await sendOnce({ title, body });
  }

  function created(number: string | null, words: string) {
    const holdsOnlyThese = [...triedTexts.current].every(tried => tried === words);
    const sentence = sentText('ticket', number);
    setSaid({
      message: holdsOnlyThese ? sentence : `${sentence} ${earlierText('ticket')}`,
      kind: 'notice',
    });
    setTicketNumber(number);
    setNeedsKey(false);
    clear();
  }

  function failed(failure: Failure, words: string) {
    setNeedsKey(failure.kind === 'no-key' || failure.kind === 'key-refused');
    if (!isAmbiguous[failure.kind]) {
      const why =
        failure.kind === 'no-key' ? text('unsavedNoKey') : text('statusAttention', failureText(failure));
      return setSaid({ message: why, kind: 'alarm' });
    }
    triedTexts.current.add(words);
    setTyped(before => ({ ...before, mayHaveArrived: true }));
    setSaid({ message: text('unsavedUnknown', failureText(failure)), kind: 'alarm' });
  }

  return {
    ...typed,
    isSending,
    said,
    needsKey,
    ticketNumber,
    unmasked,
    edit: words => setTyped(before => ({ ...before, ...words, isMissingWords: false })),
    keySaved() {
      setNeedsKey(false);
      setSaid({ message: text('keySaved'), kind: 'notice' });
    },
    send: () => void (unmasked === null && sendOnce(typed)),
    answerUnmasked: answer => void answerUnmasked(answer),
    clear,
  };
}

import { useEffect } from 'preact/hooks';
import { send } from '../../platform/send.ts';

/** Tells the worker when the computer is online again: Chromium tells pages only. */
export function useNetworkBack(): void {
  useEffect(() => {
    const tell = () => void send('outbox.networkIsBack', {});
    addEventListener('online', tell);
    return () => removeEventListener('online', tell);
  }, []);
}

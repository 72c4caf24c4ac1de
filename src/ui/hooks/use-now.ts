import { useEffect, useState } from 'preact/hooks';

/** The present time, epoch ms. While `isTicking` and the page can be seen, draws again each second. */
export function useNow(isTicking: boolean): number {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!isTicking) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    const tick = () => redraw(count => count + 1);
    const start = () => {
      clearInterval(timer);
      if (document.hidden) return;
      timer = setInterval(tick, 1_000);
    };
    const startAnew = () => {
      start();
      tick();
    };
    start();
    document.addEventListener('visibilitychange', startAnew);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', startAnew);
    };
  }, [isTicking]);
  return Date.now();
}

import { useLayoutEffect } from 'preact/hooks';

/**
 * Keeps the height of the page's header in `--header-size`: days stick right below it, and it grows with what its
 * status line says.
 */
export function useHeaderSize(): void {
  useLayoutEffect(() => {
    const header = document.querySelector('.page-header');
    if (!header) return;
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty(
        '--header-size',
        `${header.getBoundingClientRect().height}px`,
      );
    });
    observer.observe(header);
    return () => observer.disconnect();
  }, []);
}

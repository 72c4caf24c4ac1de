/** Whether a window can be shown here. On Linux that takes a display server; elsewhere a desktop is taken for granted. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Icons are drawn here, 16 × 16, with the text's colour. They never carry meaning alone: the name stands beside. */
const paths = {
  activity: 'M2 8h3l2 5 2-10 2 5h3',
  settings:
    'M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4',
  screen: 'M2 3h12v8H2zM6 14h4M8 11v3',
  region: 'M2 5V2h3M11 2h3v3M14 11v3h-3M5 14H2v-3M5 5h6v6H5z',
  element: 'M2 3h12v10H2zM2 6h12M5 9h6v2H5z',
  page: 'M4 1.5h8v13H4zM8 4.5v7M6 9.5l2 2 2-2',
  annotate: 'M3 13l1-3.5L11 2.5l2.5 2.5-7 7zM9.5 4 12 6.5',
  quote: 'M3 4h10M3 8h7M3 12h9',
  attach: 'M13 7.5 8 12.5a3 3 0 0 1-4.3-4.3L9 3a2 2 0 0 1 2.8 2.8L6.6 11a.9.9 0 0 1-1.3-1.3L10 5',
  close: 'M4 4l8 8M12 4l-8 8',
  'chevron-down': 'M4 6l4 4 4-4',
  copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
  file: 'M4 1.5h5.5l3 3v10H4zM9.5 1.5v3h3',
  image: 'M2 3h12v10H2zM2 11l4-4 3 3 2-2 3 3',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

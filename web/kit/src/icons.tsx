/** Paths in a square of 24 units, drawn with round strokes. */
const paths = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-3.6 3.7-5.5 7.5-5.500s6.7 1.9 7.5 5.5',
  password: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v2',
  passkey:
    'M9 13.500a4.7 4.7 0 1 0 0-9.4 4.7 4.7 0 0 0 0 9.400zM3 20.500c0-2.6 2.3-4.5 5.5-4.500M16.8 14.200a2.7 2.7 0 1 0-1.3-.4M16.8 14.200v6.600l2-1.600M16.8 17.200h2.2',
  shield: 'M12 3.500l7 2.500v5.500c0 4.3-2.9 7.3-7 9-4.1-1.7-7-4.7-7-9V6zM9 12l2.2 2.200L15.2 10',
  laptop: 'M5 5.500h14v9.500H5zM3 18.500h18',
  phone: 'M8 3.500h8v17H8zM11 17.500h2',
  apps: 'M4.5 4.500h6v6h-6zM13.5 4.500h6v6h-6zM4.5 13.500h6v6h-6zM13.5 13.500h6v6h-6z',
  activity: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.500V12l3 2',
  language:
    'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.500c2.6 2.6 3.5 5.4 3.5 8.500s-.9 5.9-3.5 8.500c-2.6-2.6-3.5-5.4-3.5-8.500s.9-5.9 3.5-8.500z',
  data: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14',
  mail: 'M4 6h16v12H4zM4.5 7l7.5 6 7.5-6',
  key: 'M15.5 12.5a4 4 0 1 0-3.7-2.500L4.5 17.200V20h3.300v-2.300h2.300v-2.300l1.6-1.600M16.5 7.500v.01',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  menu: 'M4 7h16M4 12h16M4 17h16',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17.500v.01',
  out: 'M14 4.500H5.500v15H14M10 12h10M16.5 8.500L20 12l-3.5 3.5',
  more: 'M9 6l6 6-6 6',
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    className={name === 'more' || name === 'out' ? 'icon-directed' : undefined}
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
)

/** Paths in a square of 24 units, drawn with round strokes. */
const paths = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-3.6 3.7-5.5 7.500-5.500s6.700 1.900 7.500 5.500',
  password: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 15v2',
  passkey:
    'M9 13a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM3 21c0-3.500 2.500-5.500 6-5.500M17 13.500a2.800 2.800 0 1 0-1.300-.3M17 13.500V21l2-1.600M17 17.200h2.200',
  shield: 'M12 3.500l7 2.500v5.500c0 4.300-2.900 7.300-7 9-4.100-1.700-7-4.700-7-9V6zM9 12l2.200 2.200L15.200 10',
  laptop: 'M5 5.500h14v9.500H5zM3 18.500h18',
  phone: 'M8 3.500h8v17H8zM11 17.500h2',
  apps: 'M4.500 4.500h6v6h-6zM13.500 4.500h6v6h-6zM4.500 13.500h6v6h-6zM13.500 13.500h6v6h-6z',
  activity: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.500V12l3 2',
  language:
    'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM3.500 12h17M12 3.500c2.600 2.600 3.500 5.400 3.500 8.500s-.9 5.900-3.500 8.500c-2.600-2.600-3.500-5.400-3.500-8.500s.9-5.900 3.500-8.500z',
  data: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14',
  mail: 'M4 6h16v12H4zM4.500 7l7.500 6 7.500-6',
  key: 'M15 9.500a4 4 0 1 1-3.700 5.500L4 15v-3l7.300.1A4 4 0 0 1 15 9.500z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17.500v.01',
  out: 'M14 4.500H5.500v15H14M10 12h10M16.500 8.500L20 12l-3.500 3.500',
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

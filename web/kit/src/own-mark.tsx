/** The mark of the platform. */
export const OwnMark = ({ size = 28 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
    <rect width="26" height="26" rx="7" fill="var(--accent)" />
    <g fill="none" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round">
      <circle cx="13" cy="10.5" r="4.2" />
      <path d="M13 14.5V21M13 18h3.2" />
    </g>
  </svg>
)

/** A path of this origin to come back to; anything that a browser would read as another origin becomes the fallback. */
export const safeReturnTo = (wanted: string | undefined, { origin, fallback }: { origin: string; fallback: string }): string => {
  if (wanted === undefined || !wanted.startsWith('/') || /^\/[/\\]/.test(wanted) || /\p{Cc}/u.test(wanted)) return fallback
  const base = URL.canParse(wanted, origin) ? new URL(wanted, origin) : undefined
  return base?.origin === origin ? `${base.pathname}${base.search}${base.hash}` : fallback
}

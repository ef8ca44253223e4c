// Schemes that a browser runs or opens itself, instead of handing the address to an application (RFC 8252 section 7.1).
const refused = new Set(['javascript:', 'data:', 'vbscript:', 'blob:', 'filesystem:', 'file:', 'about:', 'view-source:'])

/** The URL where it leads to a web page or, by a scheme of its own, to an application; else undefined. */
export const applicationUrl = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) && !refused.has(new URL(url).protocol) ? url : undefined

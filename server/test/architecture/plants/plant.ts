/** A tree made up to break one rule, or to come close to it. `reports` are "rule path:line", all that the checks may say of these files. */
export type Plant = { readonly name: string; readonly files: Readonly<Record<string, string>>; readonly reports: readonly string[] }

type Files = Readonly<Record<string, string>>

export const refuses = (name: string, files: Files, reports: readonly string[]): Plant => ({ name: `refuses ${name}`, files, reports })

export const allows = (name: string, files: Files): Plant => ({ name: `allows ${name}`, files, reports: [] })

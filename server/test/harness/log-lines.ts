/** The lines of a log that tell of an error inside; those of refused requests are none. */
export const errorsIn = (logs: string): string[] => logs.split('\n').filter((line) => /^\{"level":(50|60)/.test(line))

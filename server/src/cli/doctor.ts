import type { Command } from 'commander'
import { createLog } from '../config/log.ts'
import type { Finding } from './doctor/check.ts'
import { checkDatabase } from './doctor/database-check.ts'
import { checkBinaries, checkDataDir, checkDisk, checkSecretKey } from './doctor/files-check.ts'
import { checkMail } from './doctor/mail-check.ts'
import { checkPictures } from './doctor/pictures-check.ts'
import { checkPlaces } from './doctor/places-check.ts'
import { checkPort } from './doctor/port-check.ts'
import { checkPublicUrl, checkSettings } from './doctor/settings-check.ts'
import { answer, plain, withExamples, withJson } from './output.ts'

const examine = async (): Promise<readonly Finding[]> => {
  const { config, findings } = checkSettings()
  if (config === undefined) return findings
  const log = createLog({ ...config, logLevel: 'silent' })
  return [
    ...findings,
    checkPublicUrl(config),
    await checkDataDir(config),
    checkSecretKey(),
    await checkDisk(config),
    await checkPort(config),
    await checkMail(config),
    await checkPlaces(config),
    await checkPictures(),
    await checkBinaries(config),
    ...(await checkDatabase(config, log)),
  ]
}

const lines = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ check, status, detail, advice }) => [
    plain(`${status.padEnd(4)}  ${check.padEnd(20)} ${detail}`),
    ...(advice === undefined ? [] : [plain(`      ${advice}`)]),
  ])

const run = async ({ json = false }: { json?: boolean }): Promise<void> => {
  const findings = await examine()
  const isHealthy = findings.every(({ status }) => status !== 'FAIL')
  answer(json, { ok: isHealthy, findings }, () => lines(findings))
  if (!isHealthy) process.exitCode = 1
}

export const doctorCommand = (program: Command): void => {
  const command = program.command('doctor').description('look at settings, files, port and database, and say what to do; changes nothing')
  withExamples(withJson(command).action(run), 'doctor', 'doctor --json')
}

#!/usr/bin/env node
import cluster from 'node:cluster'

if (cluster.isWorker) {
  const { runWorker } = await import('./cli/worker.ts')
  await runWorker()
} else {
  const { runProgram } = await import('./cli/program.ts')
  await runProgram(process.argv)
}
